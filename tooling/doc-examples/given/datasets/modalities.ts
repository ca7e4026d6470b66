import { densityGridModality, promoleculeDensity } from '../../../../packages/datasets/src/index.ts';
import { silicon } from '../datasets.ts';

const { values: electronsPerCubicAngstrom } = promoleculeDensity(silicon, { size: 16 });
export const values = Float64Array.from(electronsPerCubicAngstrom);
export const options = densityGridModality.defaults;
export const prepared = densityGridModality.prepare(
  { structure: silicon, shape: [16, 16, 16], unit: 'electron/Å³', channels: { total: values } },
  options,
  'silicon',
);
export const thz = [0, 1, 2, 3, 4, 5];
export const densities = [0, 0.5, 1, 0.5, 1, 0];

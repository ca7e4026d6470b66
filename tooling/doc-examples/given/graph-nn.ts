import {
  batchGraphs,
  crystalGraph,
  gaussianBasis,
  uploadGraphs,
} from '../../../packages/graph-nn/src/index.ts';
import { device } from '../sample.ts';

const salt = {
  latticeAngstrom: [0, 2.82, 2.82, 2.82, 0, 2.82, 2.82, 2.82, 0],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: [11, 17],
};
const iron = {
  latticeAngstrom: [2.87, 0, 0, 0, 2.87, 0, 0, 0, 2.87],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: [26, 26],
};
export const rockSalt = { ...salt };
export const structure = { ...salt };
export const crystal = { ...salt };
export const structures = [salt, iron];
export const crystals = [iron, salt];
export const graphs = structures.map((each) => crystalGraph(each, { neighbors: 12 }));
export const otherGraph = crystalGraph(iron, { neighbors: 12 });
export const batch = batchGraphs(graphs);
export const graph = uploadGraphs(device, batch);
export const input = { graph, basis: gaussianBasis(device, 40, 8) };
export const skip = (left: object): void => console.log(left);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStructures } from '../src/formats/node/read-structures';
import { readChgcar } from '../src/formats/volumetric/read-chgcar';
import { densityGridModality } from '../src/modalities/density-grid';
import { diffractionModality } from '../src/modalities/diffraction';
import { fourierResample } from '../src/modalities/fourier-resample';
import { DATA_ROOT, hasData } from './shared-data';

interface Expected {
  readonly file: string;
  readonly grid?: readonly number[];
  readonly channels?: { readonly total: { readonly sum: number } };
}

const FOLDER = join(DATA_ROOT, 'sample-files');
const found = hasData('sample-files');
const files: readonly Expected[] = found
  ? JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8'))
  : [];

describe.runIf(found)('views of real files', () => {
  it.each(files.filter(({ channels }) => channels !== undefined))(
    'the charge density of $file keeps its electrons',
    async ({ file, grid, channels }) => {
      const density = await readChgcar(readFileSync(join(FOLDER, file)), { file });
      const options = { size: 32, electrons: 'separate', logReference: null } as const;
      const { view, clippedShare } = densityGridModality.prepare(density, options, file);
      const points = grid!.reduce((product, count) => product * count, 1);
      // VASP writes ρ · V: the mean is the number of electrons.
      expect(view.electrons! / (channels!.total.sum / points)).toBeCloseTo(1, 6);
      expect(view.values.reduce((sum, value) => sum + value, 0) / 32 ** 3).toBeCloseTo(1, 5);
      expect(clippedShare).toBeLessThan(0.01);
    },
  );

  it.each(files.filter(({ file }) => !file.startsWith('CHGCAR')))(
    'a powder pattern of $file',
    async ({ file }) => {
      const { structures } = await readStructures(join(FOLDER, file));
      const { view } = diffractionModality.prepare(
        structures[0]!.structure,
        diffractionModality.defaults,
        file,
      );
      expect(Math.max(...view)).toBe(1);
      expect(view.every((value) => value >= 0)).toBe(true);
    },
  );
});

it('interpolates 100³ points to 32³, and prints how long that takes', () => {
  const wave = (points: number): Float64Array =>
    Float64Array.from({ length: points ** 3 }, (_, at) => {
      const [x, y, z] = [Math.floor(at / points ** 2), Math.floor(at / points) % points, at % points];
      return 2 + Math.cos((2 * Math.PI * (3 * x + 5 * y - 11 * z)) / points + 1);
    });
  const begin = performance.now();
  const { values } = fourierResample({ shape: [100, 100, 100], values: wave(100) }, [32, 32, 32]);
  process.stdout.write(`100³ points to 32³: ${Math.round(performance.now() - begin)} ms\n`);
  const expected = wave(32);
  expect(values.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0)).toBeLessThan(
    1e-10,
  );
});

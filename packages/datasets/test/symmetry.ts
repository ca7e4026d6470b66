import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { analyze_cell, initSync, type MoyoCell, type MoyoDataset } from '@spglib/moyo-wasm';
import type { Structure } from '../src/structure/structure';

const wasm = createRequire(import.meta.url).resolve('@spglib/moyo-wasm/moyo_wasm_bg.wasm');
initSync({ module: readFileSync(wasm) });

/** Space group, Wyckoff letters and standard cells as moyo finds them. */
export function symmetryOf(structure: Structure, tolerance: number): MoyoDataset {
  const positions = Array.from(structure.atomicNumbers, (_, i) =>
    Array.from(structure.fracCoords.subarray(3 * i, 3 * i + 3)),
  );
  const cell = {
    lattice: { basis: Array.from(structure.latticeAngstrom) },
    positions,
    numbers: Array.from(structure.atomicNumbers),
  };
  return analyze_cell(JSON.stringify(cell), tolerance, 'Standard');
}

/** Edge lengths of a cell in Å, rising. */
export function edgeLengths({ lattice: { basis } }: MoyoCell): number[] {
  return [0, 1, 2].map((k) => Math.hypot(...basis.slice(3 * k, 3 * k + 3))).sort((x, y) => x - y);
}

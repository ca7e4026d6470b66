import template from './product-subgroup.wgsl';
import { rowsPerLoad, type SubgroupTile } from './tile';
import { withWrittenLines } from './written-lines';

const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/**
 * The subgroup kernel's text for a tile, with the lines that differ in the lane written out. Rows reach all lanes by a
 * shuffle from a constant lane: on lavapipe one instruction, where a broadcast takes three.
 */
export function subgroupSource(tile: SubgroupTile): string {
  const { lanes, loadsOfB } = tile;
  const perLoad = rowsPerLoad(tile);
  const rows = Array.from({ length: tile.rows }, (_, row) => row);
  const loads = Array.from({ length: loadsOfB }, (_, load) => load);
  const broadcast = (rows: string, row: number): string =>
    `vec4f(subgroupShuffle(${rows}.${COMPONENTS[row % perLoad]}, ${Math.floor(row / perLoad)}u))`;
  const columnOf = (load: number): string => `column + ${4 * lanes * load}u`;
  return withWrittenLines(template, {
    places: loads.map((load) => `let b_place${load} = place_b(batch, ${columnOf(load)});`),
    accumulators: loads.flatMap((load) => [
      `let start${load} = bias_at(${columnOf(load)});`,
      ...rows.map((row) => `var sum${row}_${load} = start${load};`),
    ]),
    columns: loads.flatMap((load) => [
      `let columns${load} = load_b(b_place${load}, depth);`,
      `let next_columns${load} = select(vec4f(0.0), load_b(b_place${load}, next), both);`,
    ]),
    products: rows.flatMap((row) => [
      `let row${row} = ${broadcast('rows', row)};`,
      `let next_row${row} = ${broadcast('next_rows', row)};`,
      ...loads.map(
        (load) =>
          `sum${row}_${load} = fma(next_row${row}, next_columns${load}, fma(row${row}, columns${load}, sum${row}_${load}));`,
      ),
    ]),
    stores: loads.flatMap((load) =>
      rows.map((row) => {
        const place = `next_row_c(c_place, ${row}u) + ${lanes * load}u * PLACES_OF_QUAD`;
        return `store_c(${place}, row0 + ${row}u, ${columnOf(load)}, sum${row}_${load});`;
      }),
    ),
  });
}

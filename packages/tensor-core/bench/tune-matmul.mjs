// Measures what the parts of a product cost here and writes the table that matmul's plans are made from:
// `node bench/tune-matmul.mjs`. Build the package first, and leave the machine alone meanwhile.
import { writeFileSync } from 'node:fs';
import { tuneMatmul } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';

const device = await openDevice();
const { kind, subgroupSize } = device.adapter;
const name = kind === 'software' && subgroupSize !== null ? `subgroups-${subgroupSize}` : 'hardware';
const costs = await tuneMatmul(device);
device.destroy();

const file = new URL(`../src/ops/matmul/costs/${name}.ts`, import.meta.url);
writeFileSync(
  file,
  `import type { ProductCosts } from '../costs';

/** Written by \`bench/tune-matmul.mjs\`. */
export const ${name.replace('-', '')}: ProductCosts = {
  adapter: '${costs.adapter}',
  parallelTiles: ${costs.parallelTiles},
  perLaunch: ${costs.perLaunch},
  perPackedElement: ${costs.perPackedElement},
  perSummedElement: ${costs.perSummedElement},
  tiles: [
${costs.tiles.map((tile) => `    ${literal(tile)},`).join('\n')}
  ],
};
`,
);
console.log(`${file.pathname}, on ${costs.adapter}`);
for (const { tile, a, b, perTile, perDepth } of costs.tiles) {
  const [rows, columns] = tile ? [tile.rows, 4 * tile.lanes * tile.loadsOfB] : [64, 64];
  const gigaflops = (2 * rows * columns * costs.parallelTiles) / perDepth;
  console.log(
    `${rows} x ${columns}, A ${a}, B ${b}: ${gigaflops.toFixed(1)} GFLOP/s, a tile is worth ${(perTile / perDepth).toFixed(0)} depths`,
  );
}

/** JSON as it stands in source: bare keys, single quotes. */
function literal(value) {
  return JSON.stringify(value)
    .replaceAll(/"(\w+)":/g, '$1: ')
    .replaceAll('"', "'")
    .replaceAll(',', ', ')
    .replaceAll('{', '{ ')
    .replaceAll('}', ' }');
}

// Measures what the parts of a product cost here, writes the table that matmul's plans are made from, and times
// products as the table in the build plans them: `node bench/tune-matmul.mjs [--out FOLDER] [--units N]`.
// FOLDER is the one of the tables unless given; N is how many units a GPU has (132 on an H100 or H200).
// Build the package first, and leave the machine alone meanwhile.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureLayouts, measureRoofs, tuneMatmul } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';

const { values: given } = parseArgs({ options: { out: { type: 'string' }, units: { type: 'string' } } });
const folder = given.out ?? fileURLToPath(new URL('../src/ops/matmul/costs', import.meta.url));
const device = await openDevice();
const { kind, subgroupSize, description, limits } = device.adapter;
const hardware = kind === 'hardware';
const name = hardware ? 'hardware' : subgroupSize ? `subgroups-${subgroupSize}` : 'without-subgroups';
const sides = hardware ? [512, 1024, 2048, 4096, 4000, 4097, 8192] : [512, 1024];
const results = { adapter: device.adapter };
console.log(`${description}: ${limits.maxComputeWorkgroupStorageSize} bytes of workgroup memory`);

await step('roofs', () => measureRoofs(device));
console.log(JSON.stringify(results.roofs));
await step('planned', () => measureLayouts(device, sides));
for (const { side, layout, milliseconds, teraflopsPerSecond, kernels } of results.planned) {
  console.log(
    `${side} ${layout} ${milliseconds.toFixed(3)} ms ${teraflopsPerSecond.toFixed(2)} TFLOP/s ${kernels.join(', ')}`,
  );
}
const units = given.units ? { units: Number(given.units) } : {};
await step('costs', () => tuneMatmul(device, { ...units, report: (line) => console.log(line) }));
device.destroy();

const { tiles, ...rest } = results.costs;
writeFileSync(
  `${folder}/${name}.ts`,
  `import type { ProductCosts } from '../costs';

/** Written by \`bench/tune-matmul.mjs\`. */
export const ${name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase())}: ProductCosts = {
${Object.entries(rest)
  .map(([key, value]) => `  ${key}: ${literal(value)},`)
  .join('\n')}
  // biome-ignore format: one line an entry
  tiles: [
${tiles.map((tile) => `    ${literal(tile)},`).join('\n')}
  ],
};
`,
);
console.log(`wrote ${folder}/${name}.ts`);

/** Takes a measurement and keeps all taken so far beside the table, for the case that a later one fails. */
async function step(what, measure) {
  const started = performance.now();
  results[what] = await measure();
  console.log(`${what} took ${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (given.out) writeFileSync(`${folder}/tune-matmul.json`, `${JSON.stringify(results, null, 1)}\n`);
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

// Writes synthetic materials, crystals of the reference set strained and shaken at random, as one extended XYZ file:
// `node make-materials.mjs --out FILE.xyz [--count 100000] [--seed 0]`. Equal options give equal bytes. Build the packages first.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { writeExtxyz } from '@bravais/datasets';
import { perturbedCrystals } from '@bravais/datasets/reference';
import { readOptions } from '../training/read-options.mjs';

const { out, count, seed } = readOptions({ out: '', count: 100_000, seed: 0 });
if (!/\.xyz$/.test(out)) throw new Error(`--out must name a file that ends with .xyz, got "${out}".`);

const file = createWriteStream(out);
let sites = 0;
for (const { structure } of perturbedCrystals(count, seed)) {
  sites += structure.atomicNumbers.length;
  if (!file.write(writeExtxyz(structure))) await once(file, 'drain');
}
file.end();
await finished(file);
console.log(JSON.stringify({ out, count, seed, sites, bytes: file.bytesWritten }));

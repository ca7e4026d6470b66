// Trains every encoder on one property for the same CPU time, each in a process of its own, and prints a table of errors on the
// validation split: `node encoder-table.mjs --cpu-minutes 10 --graphs FOLDER --out FILE.json`. See README.md; build the packages first.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { encoderTable } from './encoder-rows.mjs';
import { optionName, readOptions } from './read-options.mjs';
import { replaceFile } from './replace-file.mjs';

/** Sizes with which a CPU gets through some epochs: 80,000 to 120,000 parameters each. */
const ENCODERS = {
  composition: { width: 128, layers: 3, embedding: 128 },
  'graph-conv-3d': { width: 96, blocks: 3, bins: 40, embedding: 96 },
  cgcnn: { width: 64, blocks: 3, bins: 40, embedding: 84 },
  cogn: { width: 64, blocks: 3, layers: 2, bins: 40, embedding: 64 },
  potnet: { width: 64, blocks: 3, bins: 64, potentialBins: 32, embedding: 64 },
};

const { out, models, ...shared } = readOptions({
  out: '',
  models: Object.keys(ENCODERS).join(','),
  graphs: '',
  cpuMinutes: { real: 10 },
  target: 'e_form',
  neighbors: 16,
  batch: 64,
  lr: { real: 1e-3 },
  seed: 0,
  limit: null,
  val: null,
});
const chosen = models.split(',');
const unknown = chosen.find((model) => !Object.hasOwn(ENCODERS, model));
if (unknown !== undefined) {
  throw new Error(`--models must name some of ${Object.keys(ENCODERS).join(', ')}, got "${unknown}".`);
}
if (!(shared.cpuMinutes > 0)) throw new Error(`--cpu-minutes must be above 0, got ${shared.cpuMinutes}.`);

const date = new Date().toISOString().slice(0, 10);
const folder = mkdtempSync(join(tmpdir(), 'bravais-encoders-'));
const runs = [];
try {
  for (const model of chosen) {
    const run = await trained({ ...shared, model, ...ENCODERS[model], run: join(folder, model) });
    if (run === null) break;
    runs.push(run);
    if (out !== '') replaceFile(out, `${JSON.stringify({ date, ...shared, runs }, null, 2)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
if (runs.length > 0) console.log(encoderTable(runs, { ...shared, date }));

/** Lines of b2.mjs by kind, of `epoch` the last; null where there is no data. */
async function trained(options) {
  const script = join(import.meta.dirname, 'b2.mjs');
  const args = Object.entries(options).flatMap(([name, value]) => [`--${optionName(name)}`, String(value)]);
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const lines = {};
  for await (const text of createInterface({ input: child.stdout })) {
    console.error(text);
    if (!text.startsWith('{')) continue;
    const { kind, ...line } = JSON.parse(text);
    lines[kind] = line;
  }
  const code = await ended;
  if (code !== 0) throw new Error(`b2.mjs --model ${options.model}: exit code 0 expected, got ${code}.`);
  return lines.result ? lines : null;
}

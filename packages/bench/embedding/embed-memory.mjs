// Runs `bravais embed MODEL INPUT --out OUT` in a process of its own and prints its resident memory as it goes, then one JSON line:
// `node embed-memory.mjs --model models/b1-first --input materials.xyz --out x.parquet [--rows 100000] [--every 5]`.
// `--rows` is how many rows there will be, `--every` the seconds between samples. Linux only. Build the packages first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readOptions } from '../training/read-options.mjs';
import { memorySummary } from './memory-summary.mjs';

const options = readOptions({ model: 'models/b1-first', input: '', out: '', rows: 100_000, every: 5 });
const { model, input, out, rows, every } = options;
for (const name of ['input', 'out']) if (options[name] === '') throw new Error(`--${name} must name a file.`);

const bin = join(import.meta.dirname, '..', '..', 'cli', 'dist', 'bin.js');
const start = performance.now();
const child = spawn(process.execPath, [bin, 'embed', model, input, '--out', out, '--no-cache', '--json'], {
  stdio: ['ignore', 'inherit', 'pipe'],
});
const samples = [];
let done = 0;
const sample = () => {
  const mebibytes = residentMebibytes(child.pid);
  if (mebibytes === undefined) return;
  const seconds = (performance.now() - start) / 1000;
  samples.push({ seconds, rows: done, mebibytes });
  console.log(`${seconds.toFixed(0)} s, ${done} rows, ${mebibytes.toFixed(0)} MiB`);
};
createInterface({ input: child.stderr }).on('line', (line) => {
  const progress = /^([\d,]+) rows, /.exec(line);
  if (!progress) return console.error(line);
  done = Number(progress[1].replaceAll(',', ''));
  sample();
});
const clock = setInterval(sample, 1000 * every);
const [exitCode] = await once(child, 'exit');
clearInterval(clock);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ exitCode, seconds, ...memorySummary(samples, rows, seconds) }));
process.exitCode = exitCode ?? 1;

/** VmRSS of a process; none once it has ended. */
function residentMebibytes(pid) {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}

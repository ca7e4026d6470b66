import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runStage } from './run-stage.mjs';
import { stages } from './stages.mjs';

// `node scripts/gpu/run.mjs OUT [stages]`: runs the stages one after the other and writes OUT/stages.jsonl, beside what they
// write themselves. A stage that fails or outlasts its time does not stop the next.
const { positionals } = parseArgs({ allowPositionals: true, options: {} });
const [out, ...names] = positionals;
const strange = names.filter((name) => !stages.some((stage) => stage.name === name));
if (out === undefined || strange.length > 0) {
  const known = stages.map(({ name }) => name).join(', ');
  console.error(
    `run.mjs OUT [stages]: expected a folder and some of ${known}, got ${positionals.join(' ')}.`,
  );
  process.exit(2);
}
let failed = 0;
for (const stage of stages.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const result = await runStage(stage, out);
  appendFileSync(join(out, 'stages.jsonl'), `${JSON.stringify(result)}\n`);
  console.log(`${stage.name}: exit code ${result.exitCode} after ${result.seconds.toFixed(1)} s`);
  if (result.exitCode !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;

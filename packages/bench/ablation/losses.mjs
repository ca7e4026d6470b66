// Trains every loss of an ablation file at equal CPU time and prints JSON lines, then tables:
// `node packages/bench/ablation/losses.mjs experiments/ablation-losses.yaml [--task b1] [--seeds 3] [--out FILE.json]`.
// See README.md; build the packages first.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openDevice } from '@bravais/tensor-core/node';
import { loadRecords } from '@bravais/trainer/node';
import { parse } from 'yaml';
import { dataRoot } from '../training/data-root.mjs';
import { ablationTables } from './ablation-tables.mjs';
import { affordableSteps } from './affordable-steps.mjs';
import { experimentOf, preparedMaterials, trainOnce } from './train-once.mjs';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { task: { type: 'string' }, seeds: { type: 'string' }, out: { type: 'string' } },
});
const [file] = positionals;
if (file === undefined) throw new Error('losses.mjs: an ablation file expected, got none.');
const ablation = parse(readFileSync(file, 'utf8'));
const seeds = Number(given.seeds ?? ablation.seeds);
const root = dataRoot();
const device = await openDevice();
const runs = [];
const facts = { adapter: device.adapter.description, date: new Date().toISOString().slice(0, 10), seeds };

for (const [task, { experiment, folds, losses, cpuSecondsPerRun }] of Object.entries(ablation.tasks)) {
  if (given.task !== undefined && given.task !== task) continue;
  const materials = [];
  for (let fold = 0; fold < folds; fold++) {
    const data = { ...experiment.data, ...(folds > 1 ? { fold } : {}) };
    const config = experimentOf({ ...experiment, data }, ablation.losses[losses[0]], 0, 1);
    materials.push(await preparedMaterials(await loadRecords(config.data, root), config));
  }
  const chosen = Object.fromEntries(losses.map((name) => [name, ablation.losses[name]]));
  const affordable = await affordableSteps(device, experiment, chosen, materials[0], cpuSecondsPerRun);
  for (const [name, loss] of Object.entries(chosen)) {
    const { steps, cpuSecondsPerStep } = affordable[name];
    for (let seed = 0; seed < seeds; seed++) {
      for (let fold = 0; fold < folds; fold++) {
        const config = experimentOf(experiment, loss, seed, steps);
        const result = await trainOnce(device, config, materials[fold]);
        const run = { task, loss: name, seed, fold, steps, cpuSecondsPerStep, ...result };
        runs.push(run);
        console.log(JSON.stringify(run));
        if (given.out) writeFileSync(given.out, `${JSON.stringify({ ...facts, runs }, null, 1)}\n`);
      }
    }
  }
}
device.destroy();
console.log(ablationTables({ ...facts, runs }));

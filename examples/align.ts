import { openDevice } from '@bravais/tensor-core/node';
import { evaluate, pretrain, readConfig } from '@bravais/trainer/node';

const device = await openDevice();
const config = await readConfig('experiments/smoke.yaml');
await pretrain({ config, outDir: 'runs/example', device });
const { pairs } = await evaluate({ checkpoint: 'runs/example', split: 'test', device });
for (const { query, gallery, scores, chance } of pairs) {
  console.log(`${query} → ${gallery}: R@10 ${scores?.recallAt10}, chance ${chance?.recallAt10}`);
}

import { expect, it } from 'vitest';
import { sampleBench } from '../testing/sample-measurements';
import { benchFacts, pretrainSeconds } from './bench-facts';

it('says what was measured and how long a run takes', () => {
  const facts = Object.fromEntries(benchFacts(sampleBench));
  expect(facts).toMatchObject({
    'compute roof': '123 GFLOP/s, multiply-adds in registers',
    'memory roof': "12.3 GB/s, a copying kernel; 20 GB/s, the driver's own copy",
    'matmul 512': '61.7 GFLOP/s, 50 % of the roof, 4.35 ms',
    'training step': '160 ms, 400 crystals/s (structure and spectrum, 84,000 parameters, batch 64)',
    'first step': '2.5 s with its kernels compiled',
    pretrain:
      '1,000 crystals 2:30, 10,000 crystals 25:00, 100,000 crystals 4:10:00: 60 epochs at 6 atoms and 80 edges each',
  });
});

it('a run takes the longer the more crystals, and the shorter the faster the device', () => {
  const { training } = sampleBench;
  expect(pretrainSeconds(training, 2000)).toBe(2 * pretrainSeconds(training, 1000));
  const twice = { ...training, materialsPerSecond: 2 * training.materialsPerSecond };
  expect(pretrainSeconds(twice, 1000)).toBe(pretrainSeconds(training, 1000) / 2);
});

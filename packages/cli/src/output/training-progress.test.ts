import type { TrainingEvent } from '@bravais/trainer';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { MemoryStream } from '../testing/memory-stream';
import { Output } from './output';
import { trainingProgress } from './training-progress';

const prepared: TrainingEvent = {
  kind: 'prepared',
  materials: { train: 2614, val: 332, test: 301 },
  modalities: ['structure', 'phononDos'],
  parameterCount: 84_000,
  steps: 100,
  stepsPerEpoch: 20,
  startStep: 0,
};

function step(at: number, loss = 1): TrainingEvent {
  const rates = { learningRate: 1e-3, gradientNorm: 1, samplesPerSecond: 400.4 };
  return { kind: 'step', step: at, steps: 100, epoch: 0, loss, terms: {}, ...rates };
}

function lines(isTTY: boolean, quiet: boolean): { stream: MemoryStream; output: Output } {
  const stream = new MemoryStream(isTTY);
  return { stream, output: new Output(new MemoryStream(), stream, quiet) };
}

describe('without a terminal', () => {
  test.prop([fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 1, maxLength: 60 })])(
    'two lines about steps lie at least 5 s apart',
    (gaps) => {
      const { stream, output } = lines(false, false);
      let now = 0;
      const progress = trainingProgress(output, () => now);
      const times: number[] = [];
      let seen = 0;
      for (const [index, gap] of gaps.entries()) {
        now += gap;
        progress.show(step(index + 1));
        const count = stream.text.split('\n').length - 1;
        if (count > seen) times.push(now);
        seen = count;
      }
      expect(times[0]).toBe(gaps[0]);
      expect(times.slice(1).every((time, index) => time - times[index]! >= 5000)).toBe(true);
    },
  );

  it('says the loss of masked tokens every 5 s and at the end', () => {
    const { stream, output } = lines(false, false);
    let now = 0;
    const progress = trainingProgress(output, () => now);
    for (const at of [10, 20, 30]) {
      progress.show({ kind: 'masked-tokens', step: at, steps: 30, loss: 60 / at });
      now += 1000;
    }
    expect(stream.text).toBe('masked tokens 10/30  loss 6\nmasked tokens 30/30  loss 2\n');
  });

  it('says what is trained on, loss, rate, time left, every evaluation and the last step', () => {
    const { stream, output } = lines(false, false);
    let now = 0;
    const progress = trainingProgress(output, () => now);
    progress.show(prepared);
    now = 10_000;
    progress.show(step(10, 4.56789));
    progress.show(step(11));
    progress.show({ kind: 'evaluated', step: 11, metrics: { mrr: 0.25, 'a-to-b/mrr': 0.3 } });
    progress.show(step(100, 0.5));
    progress.stop();
    expect(stream.text).toBe(
      [
        '2,614 train, 332 val, 301 test materials; 84,000 parameters; 100 steps',
        'step 10/100  epoch 0  loss 4.568  lr 0.001  400 samples/s  ETA 1:30',
        'step 11  validation  mrr 0.25',
        'step 100/100  epoch 0  loss 0.5  lr 0.001  400 samples/s  ETA 0:00',
        '',
      ].join('\n'),
    );
  });

  it('is silent when quiet', () => {
    const { stream, output } = lines(false, true);
    const progress = trainingProgress(output, () => 0);
    for (const event of [prepared, step(1), step(100)]) progress.show(event);
    progress.stop();
    expect(stream.text).toBe('');
  });
});

describe('on a terminal', () => {
  it('is a bar with loss, rates, memory, validation and time left', () => {
    const { stream, output } = lines(true, false);
    // cli-progress draws through these, which a terminal has.
    Object.assign(stream, { cursorTo: () => true, clearLine: () => true, moveCursor: () => true });
    const progress = trainingProgress(output, () => 0);
    progress.show({ ...prepared, startStep: 20 });
    progress.show({ kind: 'compiled', seconds: 2, peakDeviceBytes: 2 ** 20 });
    progress.show(step(50, 1.5));
    progress.show({ kind: 'evaluated', step: 50, metrics: { mrr: 0.25 } });
    progress.stop();
    expect(stream.text).toMatch(/resumed after step 20/);
    expect(stream.text).toMatch(
      /█+░+ 50\/100 {2}loss 1\.5 {2}lr 0\.001 {2}400 samples\/s {2}1 MiB {2}val mrr 0\.25 {2}ETA/,
    );
  });
});

import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { keepThroughStep } from './keep-through-step';
import { decodeMetrics, encodeMetric, encodeTiming, type MetricRecord } from './metric-record';
import { MetricsError } from './metrics-error';

const records: fc.Arbitrary<MetricRecord> = fc.record({
  step: fc.nat(50),
  epoch: fc.nat(5),
  split: fc.constantFrom('train' as const, 'val' as const, 'test' as const),
  // JSON has one zero.
  values: fc.dictionary(
    fc.stringMatching(/^[a-d][a-z0-9@/-]{0,6}$/),
    fc.double().map((value) => value + 0),
    { noNullPrototype: true },
  ),
});

describe('laws of metrics', () => {
  property.prop([fc.array(records, { maxLength: 8 })])(
    'what is written is read, NaN and infinity too',
    (list) => {
      expect(decodeMetrics(list.map(encodeMetric).join(''))).toEqual(list);
    },
  );

  property.prop([fc.array(records, { maxLength: 12 }), fc.nat(12), fc.nat(400), fc.nat(50)])(
    'stopped anywhere after the checkpoint and resumed, the file equals that of a run never stopped',
    (list, after, cut, extra) => {
      const run = list.sort((a, b) => a.step - b.step);
      const resumeAt = run[after % Math.max(run.length, 1)]?.step ?? extra;
      const whole = run.map(encodeMetric).join('');
      const before = run
        .filter(({ step }) => step <= resumeAt)
        .map(encodeMetric)
        .join('');
      const stopped = whole.slice(0, before.length + cut);
      const rest = run
        .filter(({ step }) => step > resumeAt)
        .map(encodeMetric)
        .join('');
      expect(keepThroughStep(stopped, resumeAt) + rest).toBe(whole);
    },
  );

  property.prop([fc.string(), fc.nat()])('text is metrics or a MetricsError', (text, step) => {
    for (const read of [() => decodeMetrics(text), () => keepThroughStep(text, step)]) {
      try {
        read();
      } catch (error) {
        expect(error).toBeInstanceOf(MetricsError);
      }
    }
  });
});

describe('a line', () => {
  it('is flat JSON, values in the order given', () => {
    const values = {
      loss: 0.1 + 0.2,
      'structure-to-spectrum/r@10': 1e-7,
      gradientNorm: Number.POSITIVE_INFINITY,
    };
    expect(encodeMetric({ step: 20, epoch: 1, split: 'val', values })).toBe(
      '{"step":20,"epoch":1,"split":"val","loss":0.30000000000000004,"structure-to-spectrum/r@10":1e-7,"gradientNorm":"Infinity"}\n',
    );
    expect(encodeTiming({ step: 20, values: { seconds: 1.5 } })).toBe('{"step":20,"seconds":1.5}\n');
  });

  it.each(['step', 'split', '__proto__', '1', 'a b', ''])('may not hold a value named %j', (name) => {
    const values = Object.fromEntries([[name, 1]]);
    expect(() => encodeMetric({ step: 0, epoch: 0, split: 'train', values })).toThrow(MetricsError);
  });

  it.each([
    ['{"step":1,"epoch":0,"split":"train"', 'm.jsonl:2: must end with a newline, got an unfinished line.'],
    [
      '{"step":1.5,"epoch":0,"split":"train"}\n',
      'm.jsonl:2: step must be an integer of at least 0, got 1.5.',
    ],
    [
      '{"step":1,"epoch":0,"split":"dev"}\n',
      'm.jsonl:2: split must be one of "train", "val", "test", got "dev".',
    ],
    [
      '{"step":1,"epoch":0,"split":"val","a":null}\n',
      'm.jsonl:2: a must be a number, "NaN", "Infinity" or "-Infinity", got null.',
    ],
    ['[]\n', 'm.jsonl:2: must be a JSON object, got other text.'],
  ])('%j is refused by line', (line, message) => {
    const first = encodeMetric({ step: 0, epoch: 0, split: 'train', values: {} });
    expect(() => decodeMetrics(first + line, 'm.jsonl')).toThrow(message);
  });
});

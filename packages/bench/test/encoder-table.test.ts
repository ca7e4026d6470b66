import { expect, it } from 'vitest';

/** The scripts are plain modules without declarations. */
const load = (name: string): Promise<Record<string, (...args: never[]) => unknown>> =>
  import(`../training/${name}.mjs`);

it('the table has a row for each encoder and for what sees no structure', async () => {
  const { encoderTable } = await load('encoder-rows');
  const trivialVal = { trainMean: 0.9, trainMedian: 0.8, compositionLine: 0.35 };
  const data = { adapter: 'cpu', crystals: [100, 10, 5], trivialVal };
  const runOf = (model: string, valMae: number, potentialCost?: object) => ({
    data: { ...data, model, parameterCount: 98_097, ...(potentialCost ? { potentialCost } : {}) },
    epoch: { valMae },
    result: { passes: 2.375, cpuSecondsPerEpoch: 252.63 },
  });
  const runs = [runOf('cgcnn', 0.08), runOf('potnet', 0.07, { crystals: 110, made: 110, cpuSeconds: 12.3 })];
  const facts = { cpuMinutes: 10, target: 'e_form', seed: 0, date: '2026-01-01' };
  const lines = (encoderTable!(...([runs, facts] as never[])) as string).split('\n');
  expect(lines).toContain('| cgcnn | 98,097 | 253 | 2.38 | 0.0800 |');
  expect(lines).toContain('| potnet | 98,097 | 253 | 2.38 | 0.0700 |');
  expect(lines).toContain('| ridge regression on the shares of the elements |  |  |  | 0.3500 |');
  expect(lines.at(-1)).toBe('Lattice sums for potnet: 12 CPU seconds for 110 crystals, not counted above.');
});

it('options of two words are written with a hyphen', async () => {
  const { readOptions } = await load('read-options');
  const defaults = { cpuMinutes: { real: 0 }, seed: 0 };
  const read = (args: string[]) => readOptions!(...([defaults, args] as never[]));
  expect(read(['--cpu-minutes', '2.5'])).toEqual({ cpuMinutes: 2.5, seed: 0 });
  expect(() => read(['--cpu-minutes', 'ten'])).toThrow('--cpu-minutes must be a number of at least 0');
});

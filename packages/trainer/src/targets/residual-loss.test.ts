import { type Device, scoped, tensor, valueAndGrad } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { classificationKind } from './classification';
import { regressionKind } from './regression';
import { residualLoss } from './residual-loss';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

type Kind = 'l1' | 'huber' | 'mse';
type Row = readonly [y: number, t: number, above: number, below: number];

/** Float64, from the definition. */
function reference(kind: Kind, rows: readonly Row[]): number {
  const penalty = (size: number): number => {
    if (kind === 'l1') return size;
    if (kind === 'mse') return size ** 2;
    return size <= 0.1 ? size ** 2 / 0.2 : size - 0.05;
  };
  return rows.reduce(
    (sum, [y, t, above, below]) => sum + (y > t ? above * penalty(y - t) : below * penalty(t - y)),
    0,
  );
}

async function lossAndSlopes(kind: Kind, rows: readonly Row[]): Promise<[number, number[]]> {
  const column = (at: 0 | 1 | 2 | 3) =>
    tensor(
      device,
      Float32Array.from(rows, (row) => row[at]),
      [rows.length, 1],
    );
  const { value, grads } = scoped(device, () =>
    valueAndGrad({ y: column(0) }, ({ y }) => residualLoss(kind, y, column(1), column(2), column(3))),
  );
  const found: [number, number[]] = [await value.item(), [...(await grads.y.read())]];
  value.dispose();
  grads.y.dispose();
  return found;
}

const eighths = (least: number, most: number) =>
  fc.integer({ min: 8 * least, max: 8 * most }).map((n) => n / 8);
// A residual of k/8 + 1/16 lies on neither kink, 0 or ±0.1.
const row = fc
  .tuple(eighths(-3, 3), eighths(-3, 3), eighths(0, 2), eighths(0, 2))
  .map(([y, t, above, below]): Row => [y + 1 / 16, t, above, below]);

describe('residualLoss', () => {
  test.prop([fc.constantFrom<Kind>('l1', 'huber', 'mse'), fc.array(row, { minLength: 1, maxLength: 70 })], {
    numRuns: 20,
  })('is the sum of its definition, and its gradient that of central differences', async (kind, rows) => {
    const [loss, slopes] = await lossAndSlopes(kind, rows);
    const expected = reference(kind, rows);
    expect(Math.abs(loss - expected)).toBeLessThanOrEqual(1e-5 * (1 + expected));
    rows.forEach(([y, ...rest], at) => {
      const moved = (by: number) => reference(kind, [[y + by, ...rest]]);
      expect(slopes[at]).toBeCloseTo((moved(1e-6) - moved(-1e-6)) / 2e-6, 3);
    });
  });
});

describe('labels', () => {
  const config = regressionKind.schema.parse({
    kind: 'regression',
    property: 'sigma',
    bound: 'sign',
    transform: 'log10',
    labelsAbove: 0,
  });
  const source = (id: string, scalars: Record<string, number>) => ({ id, scalars });
  const training = [
    source('a', { sigma: 1e-2 }),
    source('b', { sigma: 1e-6 }),
    source('c', { sigma: 1e-9, sign: -1 }),
    source('d', { sigma: -1 }),
    source('e', {}),
  ];

  it('are standardised by the values alone; bounds and what is no label are left out', () => {
    const fitted = regressionKind.fit('sigma', config, training);
    expect(fitted).toEqual({ mean: Float32Array.of(-4), deviation: Float32Array.of(2) });
    const { values, above, below } = regressionKind.layOut('sigma', config, fitted, [...training, null]);
    expect([...values!.values]).toEqual([1, -1, -2.5, 0, 0, 0]);
    const share = Math.fround(1 / 3);
    expect([...above!.values]).toEqual([share, share, share, 0, 0, 0]);
    // Below an upper bound is where the value is.
    expect([...below!.values]).toEqual([share, share, 0, 0, 0, 0]);
  });

  it('come back from outputs in the unit of the property, not below its minimum', () => {
    const fitted = regressionKind.fit('sigma', config, training);
    expect(regressionKind.read(config, fitted, Float32Array.of(1)).value).toBeCloseTo(1e-2, 9);
    const gap = { ...config, transform: 'none' as const, minimum: 0 };
    expect(regressionKind.read(gap, fitted, Float32Array.of(1)).value).toBe(0);
  });

  it('of classes weigh alike, unknown ones nothing, and probabilities add up to 1', () => {
    const classes = classificationKind.schema.parse({ kind: 'classification', property: 'sigma' });
    const rows = [2, 0.1, 7, 2].map((sigma, at) => source(String(at), { sigma }));
    const fitted = classificationKind.fit('sigma', classes, rows);
    expect(fitted.classes).toEqual(Float32Array.of(0.1, 2, 7));
    const asked = [rows[1]!, null, source('x', { sigma: 3 }), rows[2]!];
    const { shares } = classificationKind.layOut('sigma', classes, fitted, asked);
    expect([...shares!.values]).toEqual([0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5]);
    const { value, probabilities } = classificationKind.read(classes, fitted, Float32Array.of(1, 3, 2));
    expect(value).toBe(2);
    expect(probabilities!.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
    expect(probabilities![1]! / probabilities![2]!).toBeCloseTo(Math.E, 9);
  });
});

import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { someWithEveryView } from '../testing/every-view';
import { drawTraining } from './draw-training';

const records = [
  ...someWithEveryView('val', 3),
  ...someWithEveryView('train', 40),
  ...someWithEveryView('test', 5),
];
const idsOf = (count: number, seed: number): string[] =>
  drawTraining(records, count, seed).flatMap(({ id, split }) => (split === 'train' ? [id] : []));

test.prop([fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.nat(1000)])(
  'a larger draw holds the smaller one, in the order of the records',
  (count, more, seed) => {
    const [small, large] = [idsOf(count, seed), idsOf(count + more, seed)];
    expect(small).toHaveLength(Math.min(count, 40));
    expect(large.filter((id) => small.includes(id))).toEqual(small);
  },
);

it('leaves other splits whole, and draws others by another seed', () => {
  expect(drawTraining(records, 7, 0).filter(({ split }) => split !== 'train')).toHaveLength(8);
  expect(idsOf(7, 0)).not.toEqual(idsOf(7, 1));
  expect(idsOf(7, 0)).toEqual(idsOf(7, 0));
});

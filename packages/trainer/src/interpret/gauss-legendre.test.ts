import { expect, it } from 'vitest';
import { gaussLegendre } from './gauss-legendre';

it.each([1, 2, 3, 8, 64])('%i points integrate every power that they should', (count) => {
  const { points, weights } = gaussLegendre(count);
  expect([...points]).toEqual([...points].sort((a, b) => a - b));
  for (let power = 0; power < 2 * count; power++) {
    const sum = points.reduce((all, t, k) => all + weights[k]! * t ** power, 0);
    expect(sum).toBeCloseTo(1 / (power + 1), 12);
  }
});

import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { harmonicCount, sphericalHarmonics } from './spherical-harmonics';

type Vector = readonly [x: number, y: number, z: number];

const direction: fc.Arbitrary<Vector> = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }))
  .map(([z, angle]) => {
    const radius = Math.sqrt(1 - z * z);
    return [radius * Math.cos(angle), radius * Math.sin(angle), z];
  });

function harmonics([x, y, z]: Vector): Float64Array {
  const into = new Float64Array(harmonicCount);
  sphericalHarmonics(x, y, z, into);
  return into;
}

const legendre = [() => 1, (t: number) => t, (t: number) => (3 * t * t - 1) / 2];
const orderOf = (index: number): number => Math.floor(Math.sqrt(index));

test.prop([direction, direction])('Σ_m Y_lm(a) Y_lm(b) = (2l + 1)/4π P_l(a · b)', (a, b) => {
  const [ofA, ofB] = [harmonics(a), harmonics(b)];
  const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  legendre.forEach((polynomial, l) => {
    let sum = 0;
    for (let k = l * l; k < (l + 1) ** 2; k++) sum += ofA[k]! * ofB[k]!;
    expect(sum).toBeCloseTo(((2 * l + 1) / (4 * Math.PI)) * polynomial(cosine), 12);
  });
});

test.prop([direction])('Y_l(−r) = (−1)^l Y_l(r)', ([x, y, z]) => {
  const there = harmonics([x, y, z]);
  harmonics([-x, -y, -z]).forEach((value, k) => {
    expect(value).toBeCloseTo((-1) ** orderOf(k) * there[k]!, 14);
  });
});

describe('on the sphere', () => {
  // Products of two harmonics are polynomials of order 4: three Gauss points in z and eight angles integrate them exactly.
  const points = [-1, 0, 1].flatMap((sign) =>
    Array.from({ length: 8 }, (_, k) => {
      const z = sign * Math.sqrt(3 / 5);
      const radius = Math.sqrt(1 - z * z);
      const angle = (2 * Math.PI * (k + 0.5)) / 8;
      const weight = ((sign === 0 ? 8 : 5) / 9) * ((2 * Math.PI) / 8);
      return { weight, at: [radius * Math.cos(angle), radius * Math.sin(angle), z] as const };
    }),
  );

  it('they are orthonormal', () => {
    for (let j = 0; j < harmonicCount; j++) {
      for (let k = 0; k < harmonicCount; k++) {
        const overlap = points.reduce((sum, { weight, at }) => {
          const values = harmonics(at);
          return sum + weight * values[j]! * values[k]!;
        }, 0);
        expect(overlap, `${j} ${k}`).toBeCloseTo(j === k ? 1 : 0, 12);
      }
    }
  });

  it('each stands in its place', () => {
    const names = 'ss y z x xy yz zz xz xx-yy'.split(' ');
    const [a, b] = [0.6, 0.8];
    expect(names).toHaveLength(harmonicCount);
    const inPlane = harmonics([a, b, 0]);
    expect(inPlane[1]! / inPlane[3]!).toBeCloseTo(b / a, 12);
    expect(inPlane[2]).toBe(0);
    expect(inPlane[4]! / inPlane[8]!).toBeCloseTo((2 * a * b) / (a * a - b * b), 12);
    expect([inPlane[5], inPlane[7]]).toEqual([0, 0]);
    const pole = harmonics([0, 0, 1]);
    expect(pole[6]).toBeCloseTo(Math.sqrt(5 / (4 * Math.PI)), 12);
    expect(Array.from(pole).filter((value) => value !== 0)).toHaveLength(3);
    const leaning = harmonics([a, 0, b]);
    expect([leaning[5], Math.sign(leaning[7]!)]).toEqual([0, 1]);
  });
});

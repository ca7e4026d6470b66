import { createStructure } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import { expect, it } from 'vitest';
import { structurePicture } from './structure-picture';
import { attributionColor, elementColor, structureSvg } from './structure-svg';

const cube = (frac: readonly number[]) =>
  structurePicture(
    createStructure({
      latticeAngstrom: [4, 0, 0, 0, 4, 0, 0, 0, 4],
      fracCoords: [...frac],
      atomicNumbers: new Array<string>(frac.length / 3).fill('Fe'),
    }),
  );

it('an atom at the corner has images on all corners, one inside none, one on a face one', () => {
  expect(cube([0, 0, 0]).atoms).toHaveLength(8);
  expect(cube([0.5, 0.5, 0.5]).atoms).toHaveLength(1);
  expect(cube([0.5, 0.5, 0]).atoms).toHaveLength(2);
  expect(
    cube([0, 0, 0, 0.5, 0.5, 0.5])
      .atoms.map(({ site }) => site)
      .sort(),
  ).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

it('lies in its square with twelve edges of the cell, which are parallel in fours', () => {
  for (const { structure } of referenceSet().slice(0, 200)) {
    const { atoms, edges } = structurePicture(structure);
    for (const { x, y, radius } of atoms) {
      expect(Math.min(x, y) - radius).toBeGreaterThan(-1e-9);
      expect(Math.max(x, y) + radius).toBeLessThan(100 + 1e-9);
    }
    const directions = edges.map(([x1, y1, x2, y2]) => `${(x2 - x1).toFixed(6)} ${(y2 - y1).toFixed(6)}`);
    expect(directions).toHaveLength(12);
    expect(new Set(directions).size).toBe(3);
  }
});

it('draws what is near over what is far', () => {
  // The eye is in front along a: of two atoms on one line of sight the one with the larger a comes last.
  const { atoms } = cube([0.2, 0.5, 0.5, 0.8, 0.5, 0.5]);
  expect(atoms.map(({ site }) => site)).toEqual([0, 1]);
});

it('writes numbers and colours only', () => {
  const { structure } = referenceSet()[0]!;
  const svg = structureSvg(structurePicture(structure), (site) =>
    elementColor(structure.atomicNumbers[site]!),
  );
  expect(svg.replaceAll(/<\/?(g|path|circle)\b[^<>"]*("[\w. #%()-]*"[^<>"]*)*>/g, '')).toBe('');
});

it('colours what brings the most deepest, by its sign', () => {
  expect(attributionColor(2, 2)).toBe('hsl(24 90% 50%)');
  expect(attributionColor(-2, 2)).toBe('hsl(210 90% 50%)');
  expect(attributionColor(0, 2)).toBe('hsl(24 0% 78%)');
  expect(attributionColor(0, 0)).toBe('hsl(24 0% 78%)');
});

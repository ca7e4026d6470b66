import { ELEMENTS } from '@bravais/datasets';
import type { StructurePicture } from './structure-picture';

/** Circles and lines of a picture, without the `svg` element around them. */
export function structureSvg({ atoms, edges }: StructurePicture, colorOf: (site: number) => string): string {
  const lines = edges.map((edge) => {
    const [x1, y1, x2, y2] = edge.map(rounded);
    return `<path d="M${x1} ${y1}L${x2} ${y2}"/>`;
  });
  const circles = atoms.map(
    ({ x, y, radius, site }) =>
      `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="${rounded(radius)}" fill="${colorOf(site)}"/>`,
  );
  return `<g class="cell">${lines.join('')}</g><g class="atoms">${circles.join('')}</g>`;
}

/** A colour for an element: its group gives the hue, its period the lightness. */
export function elementColor(atomicNumber: number): string {
  const { group, period } = ELEMENTS[atomicNumber - 1]!;
  return `hsl(${group === null ? 300 : Math.round((group - 1) * 19)} 62% ${72 - 5 * period}%)`;
}

/** Blue below 0, grey at 0, orange above; the deeper, the nearer to `largest`. */
export function attributionColor(value: number, largest: number): string {
  const share = largest > 0 ? Math.min(1, Math.abs(value) / largest) : 0;
  return `hsl(${value < 0 ? 210 : 24} ${Math.round(90 * share)}% ${Math.round(78 - 28 * share)}%)`;
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}

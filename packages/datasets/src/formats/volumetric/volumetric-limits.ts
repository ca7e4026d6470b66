import { MAX_SITES } from '../../structure/create-structure';
import type { LineInput } from '../text/line-parser';
import type { VolumetricLimits, VolumetricReadOptions } from './grid-field';

/** Options with their defaults. */
export function volumetricLimits(options: VolumetricReadOptions): VolumetricLimits {
  const { file = '<input>', maxSites = MAX_SITES, maxPoints = 2 ** 27, maxBytes = 16 * 2 ** 30 } = options;
  return { file, maxSites, maxPoints, maxBytes };
}

/** Throws where a grid of this shape is not allowed; returns its points. */
export function checkedPoints(
  input: LineInput,
  shape: readonly (number | undefined)[],
  maxPoints: number,
): number {
  const points = shape.reduce<number>((product, count) => product * (count ?? 0), 1);
  if (shape.length !== 3 || !shape.every((count) => count !== undefined && count > 0)) {
    throw input.error(
      'three positive numbers of grid points expected',
      'The line after the positions gives the grid.',
    );
  }
  if (points <= maxPoints) return points;
  throw input.error(
    `a grid of at most ${maxPoints} points expected`,
    'Raise maxPoints if the file is trusted.',
    'DATA_TOO_LARGE',
  );
}

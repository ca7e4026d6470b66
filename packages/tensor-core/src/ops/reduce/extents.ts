import { type Shape, sizeOf } from '../../shape';

/** A dense tensor seen as [outer, length, inner] with the middle axis reduced. */
export interface Extents {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** A run of neighbouring axes that are all kept or all reduced. */
interface Run {
  readonly reduced: boolean;
  extent: number;
}

/**
 * The shape as alternating kept and reduced runs: axes of extent 1 dropped, neighbours of one kind merged.
 *
 * @param axes sorted axes, counted from the front
 */
export function runsOf(shape: Shape, axes: readonly number[]): Run[] {
  const runs: Run[] = [];
  shape.forEach((extent, axis) => {
    if (extent === 1) return;
    const reduced = axes.includes(axis);
    const last = runs.at(-1);
    if (last?.reduced === reduced) last.extent *= extent;
    else runs.push({ reduced, extent });
  });
  return runs;
}

/** [outer, length, inner] of the last reduced run; `null` where nothing is reduced. */
export function lastReduction(runs: readonly Run[]): { extents: Extents; rest: Run[] } | null {
  const at = runs.findLastIndex((run) => run.reduced);
  if (at < 0) return null;
  const extentOf = (part: readonly Run[]): number => sizeOf(part.map((run) => run.extent));
  const before = runs.slice(0, at);
  const after = runs.slice(at + 1);
  return {
    extents: { outer: extentOf(before), length: runs[at]!.extent, inner: extentOf(after) },
    rest: [...before, ...after],
  };
}

/** The shape after reduction: reduced axes dropped, or kept with extent 1. */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): number[] {
  return keepDims
    ? shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
    : shape.filter((_, axis) => !axes.includes(axis));
}

/** Number of values that go into each result. */
export function countOf(shape: Shape, axes: readonly number[]): number {
  return sizeOf(axes.map((axis) => shape[axis]!));
}

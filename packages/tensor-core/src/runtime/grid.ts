/** Workgroups along x, y and z. */
export type Grid = readonly [x: number, y: number, z: number];

/**
 * Lays `count` workgroups out in two dimensions, because one dimension ends at 65,535. A kernel finds its
 * linear index as `workgroup_id.x + workgroup_id.y * num_workgroups.x` and must return where that is past the end.
 */
export function linearGrid(count: number, mostPerDimension = 65_535): Grid {
  if (count <= mostPerDimension) return [count, 1, 1];
  const y = Math.ceil(count / mostPerDimension);
  return [Math.ceil(count / y), y, 1];
}

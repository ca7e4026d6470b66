/** Two atoms joined by a spring of the simulated crystal; both directions of a pair are present. */
export interface Spring {
  /** Site the vector starts at. */
  readonly source: number;
  /** Site whose image it ends at. */
  readonly target: number;
  /** Cartesian vector from source to that image of target, Å. */
  readonly vectorAngstrom: readonly [number, number, number];
  /** Lattice translation of the image, in units of a, b, c. */
  readonly image: readonly [number, number, number];
  /** Along the vector, N/m. */
  readonly longitudinalNewtonPerMeter: number;
  /** Across the vector, N/m: keeps chains and layers from collapsing. */
  readonly transverseNewtonPerMeter: number;
}

import type { Structure } from '../../structure/structure';

/** A scalar field on a regular grid over one cell, one array a channel. */
export interface GridField<Channel extends string, Unit extends string> {
  /** First line of the file. */
  readonly name: string;
  readonly structure: Structure;
  /** Points along a, b, c. The point (i, j, k) lies at the fractional coordinates (i/n_a, j/n_b, k/n_c). */
  readonly shape: readonly [number, number, number];
  /** [n_a · n_b · n_c] each; the value at (i, j, k) stands at i + n_a (j + n_b k): the first axis runs fastest. */
  readonly channels: Readonly<Partial<Record<Channel, Float64Array>>> & {
    readonly [name: string]: Float64Array;
  };
  readonly unit: Unit;
  readonly notes: readonly string[];
}

/**
 * Electrons per Å³: their number in the cell is the mean of `total` times the volume.
 *
 * Channels: `total`; with collinear spin also `diff` (up − down); with spin-orbit coupling `diff_x`, `diff_y`, `diff_z`, the
 * magnetisation along the axes of SAXIS.
 */
export type ChargeDensity = GridField<'total' | 'diff' | 'diff_x' | 'diff_y' | 'diff_z', 'electron/Å³'>;

/**
 * Local potential in eV.
 *
 * Channels: `total`; with collinear spin `up` and `down`; with spin-orbit coupling `total`, `b1`, `b2`, `b3`.
 */
export type LocalPotential = GridField<'total' | 'up' | 'down' | 'b1' | 'b2' | 'b3', 'eV'>;

/** What every reader of volumetric data takes. */
export interface VolumetricReadOptions {
  /** Name shown in errors; `<input>` by default. */
  readonly file?: string;
  readonly maxSites?: number;
  /** Points of one channel; 2²⁷ (1 GiB) by default. */
  readonly maxPoints?: number;
  /** Bytes after unpacking; 16 GiB by default. */
  readonly maxBytes?: number;
}

/** Bounds with their defaults. */
export interface VolumetricLimits {
  readonly file: string;
  readonly maxSites: number;
  readonly maxPoints: number;
  readonly maxBytes: number;
}

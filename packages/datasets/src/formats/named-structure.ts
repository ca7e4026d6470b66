import type { Structure } from '../structure/structure';

/** One structure of a file. */
export interface NamedStructure {
  /** What the file calls it: the CIF block, the POSCAR comment, `frame 3`; may be empty. */
  readonly name: string;
  readonly structure: Structure;
  /** What was assumed or left out on the way, one sentence each, so that nothing is dropped in silence. */
  readonly notes: readonly string[];
}

/** What a structure file holds; at least one structure. */
export interface StructureFile {
  readonly structures: readonly NamedStructure[];
  /** About the file as a whole. */
  readonly notes: readonly string[];
}

/** What every reader of structures takes beside the text. */
export interface StructureReadOptions {
  /** Name shown in errors; `<input>` by default. */
  readonly file?: string;
  /** Sites in one cell, 100,000 by default (what {@link createStructure} takes). */
  readonly maxSites?: number;
  /** Bytes of the file after unpacking. */
  readonly maxBytes?: number;
}

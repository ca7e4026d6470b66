import type { DataError } from '../data-error';
import type { StructureError } from '../structure/structure-error';
import type { NamedStructure } from './named-structure';

/** A structure of a file of many that cannot be read; those after it can. */
export interface FailedStructure {
  /** As of a {@link NamedStructure}. */
  readonly name: string;
  readonly error: DataError | StructureError;
}

/** What a stream of structures gives: a structure, or why there is none in its place. */
export type StreamedStructure = NamedStructure | FailedStructure;

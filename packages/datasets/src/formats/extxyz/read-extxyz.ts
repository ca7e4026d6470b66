import { MAX_SITES } from '../../structure/create-structure';
import { decodeText } from '../decode-text';
import type { NamedStructure, StructureFile, StructureReadOptions } from '../named-structure';
import { parseText } from '../text/line-parser';
import { readFrame, siteCount } from './read-frame';

/** Options of {@link readExtxyz}. */
export interface ExtxyzReadOptions extends StructureReadOptions {
  /** Frames at most; 100,000 by default. */
  readonly maxFrames?: number;
}

const DEFAULT_MAX_FRAMES = 100_000;

/**
 * The frames of an extended XYZ file: `Lattice` and Cartesian positions in Å. Other properties, and fields of the comment line such
 * as energies, are left out with a note.
 *
 * @throws FormatError, `DATA_UNSUPPORTED` where a frame has no lattice; StructureError
 * @example
 * ```ts
 * const { structures } = readExtxyz(`1
 * Lattice="2.5 0 0 0 2.5 0 0 0 2.5" Properties=species:S:1:pos:R:3
 * Po 0 0 0
 * `);
 * ```
 */
export function readExtxyz(source: string | Uint8Array, options: ExtxyzReadOptions = {}): StructureFile {
  const { file = '<input>', maxSites = MAX_SITES, maxFrames = DEFAULT_MAX_FRAMES, maxBytes } = options;
  return parseText(decodeText(source, file, maxBytes), file, function* (input) {
    const structures: NamedStructure[] = [];
    for (let line = yield; ; line = yield) {
      // Some writers leave an empty line at the end or between frames.
      if (line?.trim() === '') continue;
      if (line === undefined && structures.length > 0) return { structures, notes: [] };
      if (structures.length === maxFrames) {
        throw input.error(
          `at most ${maxFrames} frames expected`,
          'Split the file, or raise maxFrames.',
          'DATA_TOO_LARGE',
        );
      }
      const count = siteCount(input, line, maxSites);
      structures.push(yield* readFrame(input, count, `frame ${structures.length + 1}`));
    }
  });
}

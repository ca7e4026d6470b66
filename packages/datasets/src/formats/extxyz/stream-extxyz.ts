import { DataError } from '../../data-error';
import { MAX_SITES } from '../../structure/create-structure';
import { StructureError } from '../../structure/structure-error';
import type { StructureReadOptions } from '../named-structure';
import type { StreamedStructure } from '../streamed-structure';
import { type LineInput, streamItems } from '../text/line-parser';
import type { ByteSource } from '../text/text-chunks';
import { readFrame, siteCount } from './read-frame';

/** A terabyte: frames are not kept. */
const MAX_BYTES = 2 ** 40;

type Frames<T> = Generator<void, T, string | undefined>;

/**
 * The frames of an extended XYZ file as `readExtxyz` reads them, one after the other and any number of them. A frame whose lines
 * are not what they should be is a {@link StreamedStructure} with its error; the next begins where its number of atoms says.
 *
 * @throws FormatError where a frame does not begin with a number of atoms, or the file ends in one
 */
export function streamExtxyz(
  source: ByteSource,
  { file = '<input>', maxSites = MAX_SITES, maxBytes = MAX_BYTES }: StructureReadOptions = {},
): AsyncGenerator<StreamedStructure, void, undefined> {
  return streamItems(source, { file, maxBytes }, (emit) => (input) => frames(input, maxSites, emit));
}

function* frames(input: LineInput, maxSites: number, emit: (item: StreamedStructure) => void): Frames<true> {
  let count = 0;
  for (let line = yield; ; line = yield) {
    if (line?.trim() === '') continue;
    if (line === undefined && count > 0) return true;
    emit(yield* frameOrFailure(input, siteCount(input, line, maxSites), `frame ${++count}`));
  }
}

function* frameOrFailure(input: LineInput, sites: number, name: string): Frames<StreamedStructure> {
  const last = input.line + 1 + sites;
  try {
    return yield* readFrame(input, sites, name);
  } catch (error) {
    const known = error instanceof DataError || error instanceof StructureError;
    if (!known || input.text === undefined) throw error;
    while (input.line < last) {
      if ((yield) === undefined) {
        throw input.error('as many lines as atoms expected', 'The frame is cut short.');
      }
    }
    return { name, error };
  }
}

import { createReadStream } from 'node:fs';
import type { DataErrorCode } from '../../data-error';
import { FormatError } from '../format-error';
import type { StructureFile } from '../named-structure';
import { type ParseStructuresOptions, parseStructures } from '../parse-structures';
import type { ByteSource } from '../text/text-chunks';

/**
 * The structures of a file, see {@link parseStructures}.
 *
 * @param source path of a file, or its bytes (`options.file` names them)
 * @throws FormatError, also `DATA_NOT_FOUND` and `DATA_UNREADABLE`; StructureError
 * @example
 * ```ts no-run
 * const { structures, notes } = await readStructures('LiFePO4.cif.gz');
 * ```
 */
export function readStructures(
  source: string | Uint8Array,
  options: ParseStructuresOptions = {},
): Promise<StructureFile> {
  return typeof source === 'string'
    ? parseStructures(openFile(source), { file: source, ...options })
    : parseStructures(source, options);
}

/** The bytes of a file as a stream; errors of the file system name it. */
export function openFile(path: string): Exclude<ByteSource, string> {
  return {
    async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
      const stream = createReadStream(path, { highWaterMark: 2 ** 18 });
      try {
        yield* stream as AsyncIterable<Uint8Array>;
      } catch (error) {
        throw systemError(error, path);
      } finally {
        stream.destroy();
      }
    },
  };
}

function systemError(error: unknown, file: string): unknown {
  const systemCode = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^E[A-Z]+$/.test(systemCode)) return error;
  const missing = systemCode === 'ENOENT' || systemCode === 'ENOTDIR';
  const code: DataErrorCode = missing ? 'DATA_NOT_FOUND' : 'DATA_UNREADABLE';
  return new FormatError(
    code,
    { file },
    {
      expected: 'a file that can be read expected',
      got: missing ? 'none there' : systemCode,
      remedy: missing ? 'Check the path.' : 'Check what it is and its permissions.',
    },
    { cause: error },
  );
}

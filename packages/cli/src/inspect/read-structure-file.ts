import type { StructureFile } from '@bravais/datasets';

/** Bytes taken from the standard input, which is kept in memory. */
const MAX_STDIN_BYTES = 1 << 30;

/** The structures of a file, or of the standard input where the path is `-`. */
export async function readStructureFile(path: string): Promise<StructureFile> {
  const { readStructures } = await import('@bravais/datasets/node');
  if (path !== '-') return readStructures(path);
  const { FormatError, parseStructures } = await import('@bravais/datasets');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_STDIN_BYTES) {
      throw new FormatError(
        'DATA_TOO_LARGE',
        { file: '<stdin>' },
        {
          expected: `at most ${MAX_STDIN_BYTES} bytes expected`,
          got: 'more',
          remedy: 'Give the name of the file instead.',
        },
      );
    }
    chunks.push(chunk);
  }
  return parseStructures(Buffer.concat(chunks), { file: '<stdin>' });
}

import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { columnSchema } from './column-schema';
import type { ColumnKind, TableChunk } from './table-columns';

/**
 * Writes a Parquet file, one row group a chunk; memory is bounded by one chunk. Equal chunks give equal bytes.
 *
 * @param columns kinds by name, in the order of the file
 */
export async function writeParquetChunks(
  path: string,
  columns: ReadonlyMap<string, ColumnKind>,
  chunks: AsyncIterable<TableChunk> | Iterable<TableChunk>,
): Promise<void> {
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [
      { name: 'root', num_children: columns.size },
      ...[...columns].flatMap(([name, kind]) => columnSchema(name, kind)),
    ],
    createdBy: 'bravais',
  });
  for await (const { rows, columns: cells } of chunks) {
    if (rows === 0) continue;
    const nulls = new Array<null>(rows).fill(null);
    await writer.write({
      columnData: [...columns.keys()].map((name) => ({
        name,
        data: [...(cells[name] ?? nulls)],
        offsetIndex: false,
      })),
      rowGroupSize: rows,
    });
  }
  await writer.finish();
}

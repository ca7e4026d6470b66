export { type BuildOptions, type BuildProgress, buildDataset } from './build-dataset';
export type { BuildSource } from './chunk-tasks';
export type {
  DatasetChunk,
  DatasetFile,
  DatasetManifest,
  DatasetOrigin,
  DatasetSource,
} from './dataset-manifest';
export type { DeriveStep, RecordTransform } from './derive-steps';
export { type EmbeddingTableRow, readEmbeddingTable, writeEmbeddingTable } from './embedding-table';
export { openDataset, type StoredDataset } from './open-dataset';
export type { RefusedRecord, StoredRecord } from './stored-record';
export type { Cell, ColumnKind } from './table-columns';
export type { ViewForm } from './view-form';
export { type ParquetColumn, writeParquet } from './write-parquet';

export { type EmbeddingMap, type MapMark, projectEmbeddings } from './project-embeddings';
export { renderEmbeddingMap } from './render-embedding-map';
export { renderReport } from './render-report';
export type { ReportInput } from './report-input';

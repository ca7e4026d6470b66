import { join } from 'node:path';
import type { ExperimentConfig, ExplanationReport } from '@bravais/trainer';
import { embeddingColumns } from '../explanation/embedding-columns';
import type { EmbeddingMaps } from '../explanation/embedding-maps';
import { writeResult } from '../files/write-result';

/** Files beside each other in the output folder. */
export interface ExplanationFiles {
  readonly page: string;
  readonly explanation: string;
  readonly embeddings: string;
}

/** What {@link writeExplanation} writes down. */
export interface ExplanationResults {
  readonly report: ExplanationReport;
  readonly maps: readonly EmbeddingMaps[];
  readonly document: Readonly<Record<string, unknown>>;
  readonly config: ExperimentConfig;
}

/** Writes `explanation.json`, `embeddings.parquet` and `explanation.html` into a folder. */
export async function writeExplanation(
  folder: string,
  { report, maps, document, config }: ExplanationResults,
): Promise<ExplanationFiles> {
  const { writeParquet } = await import('@bravais/datasets/storage');
  const { renderExplanation } = await import('../report/explanation/render-explanation');
  const files = {
    page: join(folder, 'explanation.html'),
    explanation: join(folder, 'explanation.json'),
    embeddings: join(folder, 'embeddings.parquet'),
  };
  await writeResult(files.explanation, `${JSON.stringify(document, null, 2)}\n`);
  await writeParquet(files.embeddings, embeddingColumns(report, maps));
  await writeResult(files.page, renderExplanation({ report, maps, config }));
  return files;
}

import type { MaterialRecord } from '@bravais/datasets';
import { fitStandardizer, standardize } from '../data';
import { compositionRow, FRACTION_COLUMNS } from '../targets/baselines/composition-row';
import type { ExplainedEmbeddings } from './explanation-report';

/** Fractions are counted in fifths, so that they are as large as the standardised statistics. */
const FRACTION_UNIT = 0.2;

/**
 * What materials are made of in place of an embedding: shares of the elements in fifths, then statistics of their properties, standardised
 * by the training split. Polymorphs are the same; nothing is learned.
 */
export function compositionEmbeddings(
  training: readonly MaterialRecord[],
  records: readonly MaterialRecord[],
): ExplainedEmbeddings {
  const known = training.flatMap((record) => rowOf(record) ?? []);
  const materials = [...records.keys()].filter((place) => records[place]!.structure !== undefined);
  const own = materials.map((place) => rowOf(records[place]!)!);
  const standardizer = fitStandardizer(known.length > 0 ? known : own, FRACTION_COLUMNS);
  return {
    source: 'composition',
    modality: 'composition',
    dim: standardizer.mean.length,
    rows: standardize(standardizer, own),
    materials,
  };
}

function rowOf({ structure }: MaterialRecord): Float32Array | undefined {
  if (!structure) return undefined;
  return Float32Array.from(compositionRow(structure), (value, column) =>
    column < FRACTION_COLUMNS ? value / FRACTION_UNIT : value,
  );
}

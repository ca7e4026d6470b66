import { join } from 'node:path';
import { readJsonLines } from './json-lines';
import { numbersField, numericFields, stringField } from './record-fields';

/** Elastic constants of one crystal. */
export interface ElasticityRecord {
  /** Materials Project id. */
  readonly id: string;
  /** `bulk_modulus_gpa`, `shear_modulus_gpa`. */
  readonly scalars: Readonly<Record<string, number>>;
  /** [15] in GPa, in the order of the source. */
  readonly tensorGpa: readonly number[];
}

/**
 * Elastic constants of 100 crystals, others than those of {@link readMultimatSample}, from `<root>/multimat-sample`.
 *
 * @param root folder that holds `multimat-sample/`
 * @throws DataError
 */
export async function readMultimatElasticity(root: string): Promise<ElasticityRecord[]> {
  const records: ElasticityRecord[] = [];
  for await (const line of readJsonLines(join(root, 'multimat-sample', 'elasticity_100.jsonl.gz'))) {
    records.push({
      id: stringField(line, 'id'),
      scalars: numericFields(line, ['bulk_modulus_gpa', 'shear_modulus_gpa']),
      tensorGpa: numbersField(line, 'elastic_tensor_15', 15),
    });
  }
  return records;
}

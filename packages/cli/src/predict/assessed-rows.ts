import type { PropertyPredictor, StructureAssessment, StructureEncoder } from '@bravais/trainer';

/** A predictor in the place of an encoder, and what it said of each row. */
export interface AssessedRows {
  readonly encoder: StructureEncoder;
  /** What was said of the structure of a row that the encoder gave. */
  assessmentOf(row: readonly number[]): StructureAssessment;
}

/**
 * A row is its place among what was said, then the value of each property, so that values that are not finite are found as in embeddings.
 *
 * @param level of intervals; the predictor's own where undefined
 */
export function assessedRows(
  { properties, prepare, assess }: PropertyPredictor,
  level: number | undefined,
): AssessedRows {
  const said: StructureAssessment[] = [];
  return {
    encoder: {
      embeddingDim: 1 + properties.length,
      prepare,
      async embed(prepared) {
        const assessments = await assess(prepared, level);
        return Float32Array.from(
          assessments.flatMap((each) => [
            said.push(each) - 1,
            ...properties.map(({ name }) => each.predictions[name]!.value),
          ]),
        );
      },
    },
    assessmentOf: ([place]) => said[place!]!,
  };
}

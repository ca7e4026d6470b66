import type { PredictedProperty, Prediction, PropertyPredictor, StructureEncoder } from '@bravais/trainer';

/** How predictions stand in a row of numbers: of each property its value, then its probabilities. */
function widthOf({ classes = [] }: PredictedProperty): number {
  return 1 + classes.length;
}

/** A predictor in the place of an encoder: its rows are read again by {@link predictionsOfRow}. */
export function predictionsAsRows({ properties, prepare, predict }: PropertyPredictor): StructureEncoder {
  return {
    embeddingDim: properties.reduce((sum, property) => sum + widthOf(property), 0),
    prepare,
    async embed(prepared) {
      const predictions = await predict(prepared);
      return Float32Array.from(
        predictions.flatMap((each) =>
          properties.flatMap(({ name }) => [each[name]!.value, ...(each[name]!.probabilities ?? [])]),
        ),
      );
    },
  };
}

/** The predictions in a row of numbers, by property. */
export function predictionsOfRow(
  properties: readonly PredictedProperty[],
  row: readonly number[],
): Record<string, Prediction> {
  let start = 0;
  return Object.fromEntries(
    properties.map((property) => {
      const [value, ...probabilities] = row.slice(start, start + widthOf(property));
      start += widthOf(property);
      return [property.name, { value: value!, ...(property.classes ? { probabilities } : {}) }];
    }),
  );
}

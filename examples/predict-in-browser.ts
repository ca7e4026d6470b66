// The same in a page: the model is fetched, and the file is one that the visitor chose.
import { parseStructures } from '@bravais/datasets';
import { openDevice } from '@bravais/tensor-core';
import { loadModel, type PropertyPredictions } from '@bravais/trainer';

export async function predictInBrowser(modelUrl: string, file: File): Promise<PropertyPredictions[]> {
  const bytes = new Uint8Array(await (await fetch(modelUrl)).arrayBuffer());
  const model = loadModel(bytes, await openDevice());
  const { structures } = await parseStructures(new Uint8Array(await file.arrayBuffer()), { file: file.name });
  return model.predict(structures.map(({ structure }) => structure));
}

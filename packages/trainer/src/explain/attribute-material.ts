import type { ViewName } from '@bravais/datasets';
import type { PathOptions } from '../interpret';
import { type AlignmentModel, modalitiesOf, type PreparedMaterial } from '../model';
import { type Attribution, attributeStructure } from './attribute-structure';
import { attributeView } from './attribute-view';
import { type Objective, similarityObjective, targetObjective } from './objective';

/**
 * Attributions of every modality that a material has: of the cosine with another of its modalities (the structure, for views), where the
 * model aligns some, and of every target that is predicted from the modality.
 *
 * @param embeddings of the material by modality; those that it lacks are left out
 */
export async function attributeMaterial(
  model: AlignmentModel,
  material: PreparedMaterial,
  embeddings: Readonly<Record<string, Float32Array>>,
  options: PathOptions = {},
): Promise<Attribution[]> {
  const present = modalitiesOf(model.config.model).filter((name) => embeddings[name] !== undefined);
  const found: Attribution[] = [];
  for (const name of present) {
    const partner = present.find((other) => other !== name);
    const objectives: Objective[] = [];
    if (model.config.loss && partner) objectives.push(similarityObjective(partner, embeddings[partner]!));
    for (const [target, { modality }] of Object.entries(model.config.targets ?? {})) {
      if (modality === name) objectives.push(await targetObjective(model, target, embeddings[name]!));
    }
    for (const objective of objectives) {
      found.push(
        name === 'structure'
          ? await attributeStructure(model, material.structure!, objective, options)
          : await attributeView(
              model,
              name as ViewName,
              { id: material.id, value: material.views[name as ViewName] },
              objective,
              options,
            ),
      );
    }
  }
  return found;
}

import { VIEW_FORMS, type ViewName } from '@bravais/datasets';
import type { Tensor } from '@bravais/tensor-core';
import { integratedGradients, type PathInputs, type PathOptions } from '../interpret';
import { type AlignmentModel, uploadBatch, type ViewColumn } from '../model';
import { viewSource } from '../model/preprocessing';
import { viewEncoderKind } from '../model/view-encoders';
import { type Attribution, outcome, total } from './attribute-structure';
import type { Objective } from './objective';

/** What each bin, token, number, point or pixel of a view brings to an objective, by integrated gradients from the encoder's baseline. */
export async function attributeView(
  model: AlignmentModel,
  view: ViewName,
  own: ViewColumn[number],
  objective: Objective,
  { steps = 64, batch = 16 }: PathOptions = {},
): Promise<Attribution> {
  const config = model.config.model.views[view]!;
  const kind = viewEncoderKind(config);
  const source = viewSource(model.preprocessing, view);
  const { name, shape, values, baseline, units } = kind.attributed(config, source, own);
  const f = (along: PathInputs<Tensor>): Tensor => {
    const input = along[name]!;
    const column = new Array<ViewColumn[number]>(input.shape[0]!).fill(own);
    const arrays = kind.layOut(config, source, column);
    const { views } = uploadBatch(model.device, { views: { [view]: arrays } });
    const parameters = model.parameters.tree[view]!;
    return objective.of(model.viewEncoders[view]!.embed(parameters, { ...views[view], [name]: input }, null));
  };
  const found = await integratedGradients(model.device, { [name]: { shape, values } }, f, { steps, batch });
  const all = found.attributions[name]!;
  const parts = units ? all.subarray(0, units.length) : all.subarray(0, partsOf(view, own, all.length));
  const rest = all.subarray(parts.length);
  return {
    ...outcome(found, objective, steps),
    modality: view,
    baseline,
    parts: parts.slice(),
    ...(units ? { units } : {}),
    others: !units && rest.length > 0 ? { cell: total(rest) } : {},
  };
}

/** Points of a grid, which some encoders see in one row with its cell; of other forms all numbers. */
function partsOf(view: ViewName, { value }: ViewColumn[number], numbers: number): number {
  if (VIEW_FORMS[view].kind !== 'grid' || value === undefined || typeof value === 'string') return numbers;
  return 'size' in value ? Math.min(numbers, value.size ** 3) : numbers;
}

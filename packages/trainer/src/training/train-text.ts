import type { AlignmentModel, PreparedMaterial } from '../model';
import { pretrainText, type TextPretrainingSink } from '../text-pretraining/pretrain-text';
import type { TrainingEvent } from './events';
import type { TrainingRun } from './training-run';

const KEPT_NOWHERE: TextPretrainingSink = {
  resume: null,
  metric: () => undefined,
  checkpoint: async () => undefined,
};

/** Masked-token training where the config asks for it and the run starts at step 0; `false` where it was stopped. */
export async function trainText(
  { config, viewOptions = {}, resume, text = KEPT_NOWHERE, signal, sink }: TrainingRun,
  model: AlignmentModel,
  training: readonly PreparedMaterial[],
): Promise<boolean> {
  const settings = config.textPretraining;
  if (!settings || resume) return true;
  const event = (each: TrainingEvent): void => sink.event(each);
  return pretrainText(model, { settings, training, viewOptions, signal, sink: text, event });
}

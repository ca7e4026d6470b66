import { join } from 'node:path';
import type { ExperimentConfig } from '@bravais/trainer';
import { graphCacheFolder } from '../files/graph-cache-folder';
import { writeResult } from '../files/write-result';
import { rangeText } from '../learning-rate/range-text';
import { formatValue } from '../output/format-number';
import { graphProgress } from '../output/graph-progress';
import type { PretrainCommandOptions } from './pretrain';
import type { CommandOutcome, Session } from './session';
import { untilAborted } from './until-aborted';
import { withDevice } from './with-device';

/** Which experiment a learning rate is looked for, and how it was asked. */
export interface LearningRateRequest {
  readonly command: 'pretrain' | 'finetune';
  readonly configFile: string;
  readonly config: ExperimentConfig;
  readonly options: PretrainCommandOptions;
}

/** Steps between two lines of progress. */
const TALK_EVERY = 20;

/** `--find-lr`: tries learning rates from low to high; `lr-finder.json` and `lr-finder.svg` where `--out` names a folder. */
export async function findLearningRate(
  { command, configFile, config, options }: LearningRateRequest,
  session: Session,
): Promise<CommandOutcome> {
  const { services, output, signal } = session;
  const { out } = options;
  if (options.resume !== undefined) output.talk('note: --find-lr starts anew; --resume changes nothing');
  if (out !== undefined) await services.ensureWritable(out);
  const { onProgress, onNote, stop } = graphProgress(output, session.nowMs);
  const measuring = withDevice(session, options, (device) =>
    untilAborted(
      signal,
      services.findLearningRate({
        ...{ config, device, signal },
        ...(options.data === undefined ? {} : { dataRoot: options.data }),
        graphs: { cacheFolder: options.cache ? graphCacheFolder() : null, onProgress, onNote },
        onStep: ({ learningRate, loss }, step) => {
          if (step % TALK_EVERY !== 0) return;
          output.talk(`step ${step}  rate ${formatValue(learningRate)}  loss ${formatValue(loss)}`);
        },
      }),
    ),
  );
  const range = await measuring.finally(stop);
  const document = { name: config.name, seed: config.seed, learningRates: range };
  const files = out === undefined ? null : await writeRange(out, document);
  return {
    exitCode: 0,
    text: rangeText(range, { command, configFile, files }, output),
    document: { ok: true, command, ...document, ...(files ? { files } : {}) },
  };
}

async function writeRange(
  folder: string,
  document: { readonly learningRates: Parameters<typeof rangeText>[0] },
): Promise<{ readonly json: string; readonly chart: string }> {
  const { learningRateCurve } = await import('../report/charts/learning-rate-curve');
  const { paperTheme } = await import('../report/charts/theme');
  const files = { json: join(folder, 'lr-finder.json'), chart: join(folder, 'lr-finder.svg') };
  await writeResult(files.json, `${JSON.stringify(document, null, 2)}\n`);
  await writeResult(files.chart, await learningRateCurve(document.learningRates, paperTheme));
  return files;
}

import { Command } from 'commander';
import { UsageError } from '../errors/cli-error';
import { graphCacheFolder } from '../files/graph-cache-folder';
import { formatBytes, formatCount } from '../output/format-number';
import { graphProgress } from '../output/graph-progress';
import {
  addCacheOption,
  addCommonOptions,
  addDataOption,
  type CommonOptions,
  type Run,
} from './common-options';
import type { CommandOutcome, Session } from './session';
import { untilAborted } from './until-aborted';
import { withDevice } from './with-device';

interface CalibrateCommandOptions extends CommonOptions {
  readonly data?: string;
  readonly cache: boolean;
}

/** `bravais calibrate MODEL --out FOLDER`: a trained model that says how sure it is. */
export function calibrateCommand(run: Run): Command {
  const command = new Command('calibrate')
    .description(
      'write a trained model by itself, with its errors on the validation split and what tells new crystals; finished runs have these',
    )
    .argument(
      '<model>',
      'folder of a run (its best checkpoint, else its last), of a checkpoint or of a model',
    );
  return addCacheOption(
    addDataOption(
      addCommonOptions(command, {
        out: 'folder for model.safetensors and README.md; a model that is there is replaced',
        seed: 'changes nothing here',
        set: 'change the data section of the config; may be repeated',
        resume: 'changes nothing here',
        example: 'bravais calibrate models/band-gap --out models/band-gap',
      }),
    ),
  ).action((model: string, options: CalibrateCommandOptions) =>
    run(options, (session) => calibrate(model, options, session)),
  );
}

async function calibrate(
  model: string,
  options: CalibrateCommandOptions,
  session: Session,
): Promise<CommandOutcome> {
  const { out } = options;
  if (out === undefined) {
    throw new UsageError('calibrate: --out must name the folder to write, got none. Add --out models/NAME.');
  }
  const { services, output, signal, nowMs } = session;
  const { onProgress, onNote, stop } = graphProgress(output, nowMs);
  const cacheFolder = options.cache ? graphCacheFolder() : null;
  const { folder, bytes, calibration } = await withDevice(session, options, (device) =>
    untilAborted(
      signal,
      services.calibrate({
        model,
        out,
        device,
        overrides: options.set ?? [],
        graphs: { cacheFolder, onProgress, onNote, signal },
        ...(options.data === undefined ? {} : { dataRoot: options.data }),
      }),
    ).finally(stop),
  );
  const labels = Object.fromEntries(
    Object.entries(calibration.scores).map(([target, scores]) => [target, scores.length]),
  );
  const crystals = calibration.novelty ? calibration.novelty.rows.length / calibration.novelty.dim : 0;
  const counts = Object.entries(labels).map(([target, count]) => `${target} ${formatCount(count)}`);
  return {
    exitCode: 0,
    text: `${folder}: ${formatBytes(bytes)}; validation labels: ${counts.join(', ') || 'none'}; training crystals kept: ${formatCount(crystals)}`,
    document: { ok: true, command: 'calibrate', model, folder, bytes, labels, crystals },
  };
}

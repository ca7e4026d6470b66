import { join } from 'node:path';
import type { ExperimentConfig } from '@bravais/trainer';
import { Command } from 'commander';
import { UsageError } from '../errors/cli-error';
import { graphCacheFolder } from '../files/graph-cache-folder';
import { factsTable } from '../output/facts-table';
import { formatBytes, formatCount, formatDuration, formatValue } from '../output/format-number';
import { graphProgress } from '../output/graph-progress';
import { profileText } from '../profile/profile-text';
import {
  addCacheOption,
  addCommonOptions,
  addDataOption,
  type CommonOptions,
  overridesOf,
  type Run,
} from './common-options';
import { findLearningRate } from './find-learning-rate';
import { resumeCommand } from './resume-command';
import type { CommandOutcome, Session } from './session';
import { interrupted, type TrainRun, trainRun } from './train-run';
import { untilAborted } from './until-aborted';
import { withDevice } from './with-device';

/** Options of a command that trains. */
export interface PretrainCommandOptions extends CommonOptions {
  readonly data?: string;
  readonly dryRun?: true;
  readonly profile?: true;
  readonly findLr?: true;
  readonly overwrite?: true;
  readonly cache: boolean;
}

/** `bravais pretrain CONFIG`: trains an experiment and leaves metrics and checkpoints in a folder. */
export function pretrainCommand(run: Run): Command {
  const command = new Command('pretrain').description(
    'train the encoders of an experiment file into one latent space',
  );
  return addTrainingOptions(
    command,
    'bravais pretrain experiments/smoke.yaml --set training.steps=50 --out runs/smoke',
  ).action((config: string, options: PretrainCommandOptions) =>
    run(options, (session) => trainExperiment('pretrain', config, options, session)),
  );
}

/** Adds the argument and the options of a command that trains. */
export function addTrainingOptions(command: Command, example: string): Command {
  command
    .argument('<config>', 'experiment file (YAML)')
    .option('--overwrite', 'start anew in a folder that holds a run of another config')
    .option('--dry-run', 'check the config and the data, then stop')
    .option('--profile', 'show where the time of a training step goes, then stop; writes no run')
    .option('--find-lr', 'try learning rates from low to high and suggest one, then stop; writes no run');
  return addCacheOption(
    addDataOption(
      addCommonOptions(command, {
        out: 'folder for metrics and checkpoints (default: runs/<name of the experiment>)',
        seed: 'the same as --set seed=<int>',
        set: 'change a value of the config; may be repeated',
        resume: 'go on from a checkpoint folder, or from the newest one in --out',
        example,
      }),
    ),
  );
}

/**
 * Trains an experiment with progress on stderr.
 *
 * @param name of the command, `pretrain`
 * @throws {UsageError} `finetune` of an experiment without `init`
 */
export async function trainExperiment(
  name: 'pretrain' | 'finetune',
  configFile: string,
  options: PretrainCommandOptions,
  session: Session,
): Promise<CommandOutcome> {
  const { services } = session;
  const config = await services.readConfig(configFile, overridesOf(options));
  if (name === 'finetune' && !config.init) {
    throw new UsageError(
      `finetune: ${configFile} must say where to start, got no init section. Give --init RUN, or train from scratch with bravais pretrain.`,
    );
  }
  if (options.dryRun) return dryRun(name, config, options, session);
  if (options.profile) return profile(name, config, options, session);
  if (options.findLr) return findLearningRate({ command: name, configFile, config, options }, session);
  const outDir = options.out ?? join('runs', config.name);
  await services.ensureWritable(outDir);
  const trained = await withDevice(session, options, async (device) => ({
    adapter: device.adapter.description,
    ...(await trainRun(session, {
      config,
      outDir,
      resume: options.resume ?? null,
      overwrite: options.overwrite ?? false,
      device,
      dataRoot: options.data,
      cacheFolder: options.cache ? graphCacheFolder() : null,
    })),
  }));
  if (trained.summary.status === 'interrupted') {
    return interrupted(trained.summary, resumeCommand([name, configFile], outDir, options));
  }
  return {
    exitCode: 0,
    text: finishedText(trained),
    document: { ok: true, command: name, name: config.name, seed: config.seed, ...trained },
  };
}

async function profile(
  command: string,
  config: ExperimentConfig,
  options: PretrainCommandOptions,
  session: Session,
): Promise<CommandOutcome> {
  const { services, output, signal, nowMs } = session;
  if (options.out !== undefined || options.resume !== undefined) {
    output.talk('note: --profile writes nothing and starts anew; --out and --resume change nothing');
  }
  const { stop, ...shown } = graphProgress(output, nowMs);
  const graphs = { cacheFolder: options.cache ? graphCacheFolder() : null, ...shown };
  const measured = await withDevice(session, options, (device) =>
    untilAborted(
      signal,
      services.profileTraining({ config, dataRoot: options.data, device, signal, graphs }),
    ),
  ).finally(stop);
  return {
    exitCode: 0,
    text: profileText(measured, output),
    document: { ok: true, command, name: config.name, seed: config.seed, profile: measured },
  };
}

async function dryRun(
  command: string,
  config: ExperimentConfig,
  options: PretrainCommandOptions,
  { services, output, signal, nowMs }: Session,
): Promise<CommandOutcome> {
  const { stop, ...shown } = graphProgress(output, nowMs);
  const graphs = { cacheFolder: options.cache ? graphCacheFolder() : null, ...shown, signal };
  const materials = await untilAborted(signal, services.checkData(config, options.data, graphs)).finally(
    stop,
  );
  if (materials.train < 2) {
    throw new UsageError(
      `${config.name}: the training split must hold at least two materials, got ${materials.train}. Check data.source, data.tier and data.limit.`,
    );
  }
  const { train, val, test } = materials;
  return {
    exitCode: 0,
    text: `${config.name}: config and data are good: ${formatCount(train)} train, ${formatCount(val)} val, ${formatCount(test)} test materials.`,
    document: { ok: true, command, dryRun: true, name: config.name, materials, config },
  };
}

function finishedText({ summary }: TrainRun): string {
  const { best, outDir, peakDeviceBytes, seconds, status, step, steps } = summary;
  const early = status === 'stopped-early' ? ', stopped early: training.patience is used up' : '';
  return factsTable([
    ['trained', `${step} of ${steps} steps in ${formatDuration(seconds)}${early}`],
    ['best', best ? `${best.metric} ${formatValue(best.value)} at step ${best.step}` : 'not measured'],
    ['memory', `${formatBytes(peakDeviceBytes)} on the device at most`],
    ['results', outDir],
    ['next', `bravais evaluate ${outDir}`],
  ]);
}

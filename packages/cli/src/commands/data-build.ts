import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { BuildProgress, DatasetManifest, DeriveStep } from '@bravais/datasets/storage';
import { Command, InvalidArgumentError, Option } from 'commander';
import { InterruptedError, UsageError } from '../errors/cli-error';
import type { Output } from '../output/output';
import { addCommonOptions, type CommonOptions, type Run } from './common-options';
import { buildSource, SOURCE_NAMES } from './data-build-source';
import type { CommandOutcome, Session } from './session';

interface DataBuildOptions extends CommonOptions {
  readonly source?: string;
  readonly data?: string;
  readonly name?: string;
  readonly derive?: readonly DeriveStep[];
  readonly transform?: string;
  readonly workers?: number;
  readonly rows?: number;
  readonly overwrite?: true;
}

/** Least time between two lines about progress, in ms. */
const INTERVAL_MS = 5000;

/** `bravais data build FILE… --out DIR`: structure files, or a known source, as one data set. */
export function dataBuildCommand(run: Run): Command {
  const command = new Command('build')
    .description('build a data set (Parquet and safetensors) from structure files or a known source')
    .argument('[file...]', 'files, folders, or patterns such as "data/**/*.cif"')
    .option(
      '--source <name>',
      `records of a known source instead (${SOURCE_NAMES.join(', ')}), or of a folder that data fetch or import wrote`,
    )
    .option(
      '--data <root>',
      "folder that holds the source's folder (default: BRAVAIS_DATA, else the working folder)",
    )
    .option('--name <name>', 'name of the data set (default: that of the source)')
    .addOption(
      new Option(
        '--derive <step...>',
        'add the simulated phonon DOS, or the prototype, of each structure',
      ).choices(['phononDos', 'prototype'] satisfies DeriveStep[]),
    )
    .option('--transform <file>', 'ES module whose default export takes a record and gives it back, changed')
    .option('--workers <n>', 'threads (default: one for each core); the result is the same', parseCount)
    .option('--rows <n>', 'records of a row group (default: 512)', parseCount)
    .option('--overwrite', 'replace the data set that is there');
  return addCommonOptions(command, {
    out: 'folder of the data set, needed',
    seed: 'changes nothing here',
    set: 'changes nothing here',
    resume: 'changes nothing here',
    example: 'bravais data build crystals/ --derive prototype --out sets/crystals',
  }).action((files: readonly string[], options: DataBuildOptions) =>
    run(options, (session) => build(files, options, session)),
  );
}

async function build(
  files: readonly string[],
  options: DataBuildOptions,
  { output, signal, nowMs }: Session,
): Promise<CommandOutcome> {
  const { out, derive, transform, rows } = options;
  if (out === undefined) {
    throw new UsageError('data build: --out expected, got none. Name the folder of the data set.');
  }
  const root = resolve(options.data ?? process.env.BRAVAIS_DATA ?? process.cwd());
  const { name, source, note, viewOptions, sources } = await buildSource(files, options.source, root);
  if (note !== undefined) output.talk(note);
  const { buildDataset } = await import('@bravais/datasets/storage');
  const manifest = await buildDataset(out, source, {
    origin: {
      name: options.name ?? name,
      ...(viewOptions === undefined ? {} : { viewOptions }),
      ...(sources === undefined ? {} : { sources }),
    },
    workers: options.workers ?? availableParallelism(),
    overwrite: options.overwrite ?? false,
    signal,
    onProgress: progressLines(output, nowMs),
    ...(derive === undefined ? {} : { derive }),
    ...(transform === undefined ? {} : { transform: resolve(transform) }),
    ...(rows === undefined ? {} : { rowsPerChunk: rows }),
  }).catch((error: unknown) => {
    throw signal.aborted ? new InterruptedError('data build: stopped; nothing was written') : error;
  });
  for (const { id, message } of manifest.refused.first) output.talk(`note: left out ${id}: ${message}`);
  return {
    exitCode: 0,
    text: builtText(out, manifest),
    document: {
      ok: true,
      command: 'data build',
      folder: out,
      counts: manifest.counts,
      refused: manifest.refused,
    },
  };
}

function builtText(folder: string, { counts, refused }: DatasetManifest): string {
  const splits = Object.entries(counts.splits).map(([split, count]) => `${split} ${count}`);
  const views = Object.entries(counts.views).map(([view, count]) => `${view} ${count}`);
  return [
    `${folder}: ${counts.records} records (${splits.join(', ')}), ${counts.structures} structures`,
    ...(views.length === 0 ? [] : [`views: ${views.join(', ')}`]),
    ...(refused.count === 0 ? [] : [`left out: ${refused.count}`]),
  ].join('\n');
}

function progressLines(output: Output, nowMs: () => number): (progress: BuildProgress) => void {
  let saidMs = nowMs();
  return ({ records, refused }) => {
    if (nowMs() - saidMs < INTERVAL_MS) return;
    saidMs = nowMs();
    output.talk(`${records} records${refused === 0 ? '' : `, ${refused} left out`}`);
  };
}

function parseCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,6}$/.test(text) && count >= 1) return count;
  throw new InvalidArgumentError('It must be a whole number from 1, for example 4.');
}

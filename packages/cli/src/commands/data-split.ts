import { readFile } from 'node:fs/promises';
import type { DataSplit, LeakageReport, SplitKind } from '@bravais/datasets/splits';
import type { StoredRecord } from '@bravais/datasets/storage';
import { Command, Option } from 'commander';
import { UsageError } from '../errors/cli-error';
import { writeResult } from '../files/write-result';
import { addCommonOptions, type Run } from './common-options';
import {
  type DataSplitOptions,
  parseFractions,
  parseNames,
  parsePositive,
  splitOptions,
} from './data-split-options';
import type { CommandOutcome, Session } from './session';

const KINDS: readonly SplitKind[] = ['random', 'formula', 'element', 'prototype', 'time', 'folds'];

/** `bravais data split SET`: makes or checks a split of a data set, and says what leaks between its parts. */
export function dataSplitCommand(run: Run): Command {
  const command = new Command('split')
    .description('split a data set, or check a split of it, and say what leaks between the parts')
    .argument('<set>', 'folder of a data set')
    .addOption(
      new Option('--kind <kind>', 'how to split (default: the split that the records have)').choices(KINDS),
    )
    .option('--use <file>', 'a split that was written before')
    .option('--fractions <train,val,test>', 'shares of the records (default: 0.8,0.1,0.1)', parseFractions)
    .option('--elements <symbols>', 'with --kind element: records with one of them are test', parseNames)
    .option(
      '--prototypes <names>',
      'with --kind prototype: records of one of them are test (default: the seed chooses)',
      parseNames,
    )
    .option('--folds <k>', 'with --kind folds (default: 5)', parsePositive)
    .addOption(
      new Option('--group-by <what>', 'with --kind folds: what no two share').choices(['id', 'formula']),
    )
    .option('--date <name>', 'with --kind time: scalar or label that holds the date')
    .option('--tolerance <share>', 'near-duplicates agree within it (default: 0.03)', parsePositive);
  return addCommonOptions(command, {
    out: 'file for the split (default: not written)',
    outIs: 'file',
    seed: 'key of the order of records',
    set: 'changes nothing here',
    resume: 'changes nothing here',
    example: 'bravais data split sets/crystals --kind formula --seed 1 --out split.json',
  }).action((folder: string, options: DataSplitOptions) =>
    run(options, (session) => split(folder, options, session)),
  );
}

async function split(
  folder: string,
  options: DataSplitOptions,
  { output }: Session,
): Promise<CommandOutcome> {
  const { out, kind, use, tolerance } = options;
  if (kind !== undefined && use !== undefined) {
    throw new UsageError('data split: --kind or --use expected, got both. Make a split, or check one.');
  }
  const splits = await import('@bravais/datasets/splits');
  const records = await recordsWithoutViews(folder);
  const made = await chosenSplit(records, options);
  const limits = tolerance === undefined ? {} : { tolerance };
  const leakage: LeakageReport =
    made === undefined
      ? splits.leakageReport(splits.partsOf(records), limits)
      : (await splits.applySplit(records, made, limits)).leakage;
  if (out !== undefined) {
    if (made === undefined)
      throw new UsageError('data split: --kind expected with --out, got none. Name one.');
    await writeResult(out, splits.splitToJson(made));
    output.talk(`${out}: ${made.kind} split of ${made.count} records, seed ${made.seed}`);
  }
  return {
    exitCode: 0,
    text: splits.leakageText(leakage),
    document: {
      ok: true,
      command: 'data split',
      folder,
      file: out ?? null,
      kind: made?.kind ?? null,
      leakage,
    },
  };
}

async function chosenSplit(
  records: readonly StoredRecord[],
  options: DataSplitOptions,
): Promise<DataSplit | undefined> {
  const { kind, use, date } = options;
  const { createSplit, splitOfJson } = await import('@bravais/datasets/splits');
  if (use !== undefined) {
    const text = await readFile(use, 'utf8').catch((cause: unknown) => {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'FAILED';
      throw new UsageError(
        `data split: a split file in --use expected, got ${code} for ${use}. Check the path.`,
        {
          cause,
        },
      );
    });
    return splitOfJson(text, use);
  }
  if (kind === undefined) return undefined;
  if (kind === 'time' && date === undefined) {
    throw new UsageError('data split: --date expected with --kind time, got none. Name a scalar or a label.');
  }
  return createSplit(records, splitOptions(kind, options), {
    dateOf: ({ scalars, labels }) => (date === undefined ? undefined : (scalars[date] ?? labels?.[date])),
    ...(records.every(({ structure, labels }) => structure === undefined || labels?.prototype !== undefined)
      ? { prototypeOf: ({ id, labels }) => labels?.prototype ?? id }
      : {}),
  });
}

/** Views are large, and nothing here needs them. */
async function recordsWithoutViews(folder: string): Promise<StoredRecord[]> {
  const { openDataset } = await import('@bravais/datasets/storage');
  const found: StoredRecord[] = [];
  for await (const record of (await openDataset(folder)).records()) found.push({ ...record, views: {} });
  return found;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseStudy, type StudyConfig } from '@bravais/trainer';
import { Command } from 'commander';
import { UsageError } from '../errors/cli-error';
import { graphCacheFolder } from '../files/graph-cache-folder';
import { writeResult } from '../files/write-result';
import { studyTable } from '../study/study-figures';
import { studyGrids } from '../study/study-grid';
import { studyMarkdown, studyText } from '../study/study-text';
import {
  addCacheOption,
  addCommonOptions,
  addDataOption,
  type CommonOptions,
  type Run,
} from './common-options';
import type { CommandOutcome, Session } from './session';
import { armsToRun, runArms } from './study-arms';
import { withDevice } from './with-device';

interface StudyCommandOptions extends CommonOptions {
  readonly data?: string;
  readonly cache: boolean;
  readonly arm?: readonly string[];
  readonly split?: 'val' | 'test';
}

/** `bravais study FILE`: trains and evaluates every arm of a table over seeds or folds, and prints the table with intervals. */
export function studyCommand(run: Run): Command {
  const command = new Command('study')
    .description(
      'train and evaluate a table of experiments over seeds or folds, with intervals and differences',
    )
    .argument('<study>', 'study file (YAML)')
    .option('--arm <names...>', 'only these arms, and those they start from or are compared with')
    .option('--split <val|test>', "measure on this split instead of the study's", parseSplit);
  return addCacheOption(
    addDataOption(
      addCommonOptions(command, {
        out: 'folder for the runs and for study.md and study.json (default: runs/<name of the study>)',
        seed: 'changes nothing here: the study names its seeds',
        set: 'change a value of every arm; may be repeated',
        resume: 'changes nothing here: a study goes on where it was stopped',
        example: 'bravais study experiments/studies/b2-few-labels.yaml --arm scratch-250 aligned-250',
      }),
    ),
  ).action((file: string, options: StudyCommandOptions) =>
    run(options, (session) => study(file, options, session)),
  );
}

async function study(file: string, options: StudyCommandOptions, session: Session): Promise<CommandOutcome> {
  const { services, output } = session;
  const read = await readStudy(file);
  const config = { ...read, split: options.split ?? read.split };
  const names = armsToRun(config.arms, options.arm);
  const outDir = options.out ?? join('runs', config.name);
  await services.ensureWritable(outDir);
  const done = await withDevice(session, options, async (device) => {
    const place = { device, dataRoot: options.data, cacheFolder: options.cache ? graphCacheFolder() : null };
    const request = { file, config, names, outDir, set: options.set ?? [] };
    return { arms: await runArms(session, request, place), adapter: device.adapter.description };
  });
  if (done.arms === 'interrupted') {
    const message = `stopped by Ctrl-C; what was trained is in ${outDir}. Go on with the same command.`;
    return { exitCode: 130, text: message, document: { ok: false, error: { code: 'INTERRUPTED', message } } };
  }
  const table = studyTable(done.arms, config.scores);
  const { name, split, repeats } = config;
  const facts = { name, split, repeats, adapter: done.adapter, date: new Date().toISOString().slice(0, 10) };
  const grids = studyGrids(table);
  const files = { markdown: join(outDir, 'study.md'), json: join(outDir, 'study.json') };
  await writeResult(files.json, `${JSON.stringify({ ...facts, ...table }, null, 2)}\n`);
  await writeResult(files.markdown, studyMarkdown(facts, grids));
  output.talk(`table: ${files.markdown}`);
  return {
    exitCode: 0,
    text: studyText(facts, grids, output),
    document: { ok: true, command: 'study', ...facts, ...table, files },
  };
}

async function readStudy(file: string): Promise<StudyConfig> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new UsageError(`${file}: must be a study file you may read, got ${code}. Check the path.`, {
      cause,
    });
  });
  return parseStudy(text, file);
}

function parseSplit(text: string): 'val' | 'test' {
  if (text === 'val' || text === 'test') return text;
  throw new UsageError(`--split must be val or test, got ${text}.`);
}

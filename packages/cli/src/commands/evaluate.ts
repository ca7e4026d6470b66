import type { Grouping, MetricRecord } from '@bravais/trainer';
import { Command, InvalidArgumentError, Option } from 'commander';
import { graphCacheFolder } from '../files/graph-cache-folder';
import {
  addCacheOption,
  addCommonOptions,
  addDataOption,
  type CommonOptions,
  type Run,
} from './common-options';
import { addMemberOption, parseLevel } from './member-option';
import { scoreRun } from './score-run';
import type { CommandOutcome, Session } from './session';
import { withDevice } from './with-device';
import { writeEvaluation } from './write-evaluation';

interface EvaluateCommandOptions extends CommonOptions {
  readonly split: MetricRecord['split'];
  readonly data?: string;
  readonly cache: boolean;
  readonly controls?: true;
  readonly member?: readonly string[];
  readonly conformal?: number;
  readonly by?: readonly Grouping[];
}

const GROUPINGS: readonly Grouping[] = ['element', 'system', 'size', 'novelty'];

/** `bravais evaluate RUN`: retrieval between the modalities of one split and properties, beside chance, controls and baselines. */
export function evaluateCommand(run: Run): Command {
  const command = new Command('evaluate')
    .description(
      'measure retrieval and predicted properties with the model of a run, beside chance, controls and baselines',
    )
    .argument('<run>', 'folder of a run (its best checkpoint, else its last) or of one checkpoint')
    .addOption(
      new Option('--split <split>', 'materials to measure on')
        .choices(['train', 'val', 'test'])
        .default('test'),
    )
    .option('--controls', 'train once more on shuffled pairs and show what that finds; as long as the run')
    .option(
      '--conformal <level>',
      'fraction of labels that intervals fitted on the validation split hold (default: 0.9)',
      parseLevel,
    )
    .option(
      '--by <groups>',
      'errors and retrieval by element,system,size,novelty, with intervals',
      parseGroupings,
    );
  return addCacheOption(
    addDataOption(
      addCommonOptions(addMemberOption(command), {
        out: 'folder for report.html, evaluation.json and embedding-map.svg (default: none are written)',
        seed: "key of the bootstrap intervals and of the map (default: the run's seed)",
        set: 'change the data section of the config, for example data.tier=exact; may be repeated',
        resume: 'changes nothing here: an evaluation starts anew',
        example: 'bravais evaluate runs/smoke --split test --out runs/smoke',
      }),
    ),
  ).action((path: string, options: EvaluateCommandOptions) =>
    run(options, (session) => evaluate(path, options, session)),
  );
}

async function evaluate(
  run: string,
  options: EvaluateCommandOptions,
  session: Session,
): Promise<CommandOutcome> {
  const { services, output } = session;
  if (options.out !== undefined) await services.ensureWritable(options.out);
  const config = await services.readRunConfig(run);
  const scored = await withDevice(session, options, (device) =>
    scoreRun(session, {
      run,
      split: options.split,
      device,
      dataRoot: options.data,
      cacheFolder: options.cache ? graphCacheFolder() : null,
      overrides: options.set ?? [],
      seed: options.seed,
      source: config.data.source,
      shuffledPairs: options.controls ?? false,
      ...(options.member === undefined ? {} : { members: options.member }),
      ...(options.conformal === undefined ? {} : { conformal: options.conformal }),
      ...(options.by === undefined ? {} : { by: options.by }),
    }),
  );
  const files =
    options.out === undefined
      ? undefined
      : await writeEvaluation(session, options.out, { ...scored, config, run, title: config.name });
  if (files) output.talk(`report: ${files.report}`);
  return {
    exitCode: 0,
    text: scored.text,
    document: { ok: true, command: 'evaluate', ...scored.document, ...(files ? { files } : {}) },
  };
}

/** `element,size` */
function parseGroupings(text: string): Grouping[] {
  const names = text.split(',').map((name) => name.trim());
  const found = names.flatMap((name) => GROUPINGS.find((grouping) => grouping === name) ?? []);
  if (found.length === names.length) return found;
  throw new InvalidArgumentError(`It must be one or more of ${GROUPINGS.join(', ')}, with commas.`);
}

import type { MetricRecord } from '@bravais/trainer';
import { Command, InvalidArgumentError, Option } from 'commander';
import { graphCacheFolder } from '../files/graph-cache-folder';
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
import { writeExplanation } from './write-explanation';

interface ExplainCommandOptions extends CommonOptions {
  readonly split: MetricRecord['split'];
  readonly data?: string;
  readonly cache: boolean;
  readonly materials: number;
  readonly examples: number;
  readonly steps: number;
}

/** `bravais explain RUN`: what a model has learned of one split, beside the untrained model and the composition alone. */
export function explainCommand(run: Run): Command {
  const command = new Command('explain')
    .description(
      'measure, draw and attribute what a model has learned, beside untrained and composition-only embeddings',
    )
    .argument(
      '<run>',
      'folder of a run (its best checkpoint, else its last), of one checkpoint, or of a model',
    )
    .addOption(
      new Option('--split <split>', 'materials to look at').choices(['train', 'val', 'test']).default('test'),
    )
    .option('--materials <count>', 'most materials: of a larger split every k-th', countFrom(3), 1000)
    .option('--examples <count>', 'materials with attributions and swaps of elements', countFrom(0), 6)
    .option('--steps <count>', 'steps of integrated gradients', countFrom(1), 64);
  return addCacheOption(
    addDataOption(
      addCommonOptions(command, {
        out: 'folder for explanation.html, explanation.json and embeddings.parquet (default: none are written)',
        seed: "key of the probes' parts and of the maps (default: the run's seed)",
        set: 'change the data section of the config, for example data.tier=exact; may be repeated',
        resume: 'changes nothing here: an explanation starts anew',
        example: 'bravais explain models/b1-first --split val --out explained',
      }),
    ),
  ).action((path: string, options: ExplainCommandOptions) =>
    run(options, (session) => explain(path, options, session)),
  );
}

async function explain(
  run: string,
  options: ExplainCommandOptions,
  session: Session,
): Promise<CommandOutcome> {
  const { services, output, signal, nowMs } = session;
  if (options.out !== undefined) await services.ensureWritable(options.out);
  const config = await services.readRunConfig(run);
  const report = await withDevice(session, options, (device) => {
    const { onProgress, onNote, stop } = graphProgress(output, nowMs);
    const cacheFolder = options.cache ? graphCacheFolder() : null;
    return untilAborted(
      signal,
      services.explain({
        checkpoint: run,
        split: options.split,
        device,
        overrides: options.set ?? [],
        graphs: { cacheFolder, onProgress, onNote, signal },
        mostMaterials: options.materials,
        examples: options.examples,
        steps: options.steps,
        ...(options.seed === undefined ? {} : { seed: options.seed }),
        ...(options.data === undefined ? {} : { dataRoot: options.data }),
      }),
    ).finally(stop);
  });
  output.talk('drawing the maps');
  const { embeddingMaps } = await import('../explanation/embedding-maps');
  const { explanationDocument } = await import('../explanation/explanation-document');
  const { explanationText } = await import('../explanation/explanation-text');
  const maps = report.embeddings.map((each) => embeddingMaps(each, report.seed));
  const document = explanationDocument(report, maps);
  const files =
    options.out === undefined
      ? undefined
      : await writeExplanation(options.out, { report, maps, document, config });
  if (files) output.talk(`explanation: ${files.page}`);
  return {
    exitCode: 0,
    text: explanationText(report, maps, output),
    document: { ok: true, command: 'explain', ...document, ...(files ? { files } : {}) },
  };
}

function countFrom(least: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (/^\d+$/.test(text) && count >= least && Number.isSafeInteger(count)) return count;
    throw new InvalidArgumentError(`It must be an integer from ${least} on.`);
  };
}

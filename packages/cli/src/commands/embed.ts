import { stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { StructureEncoder } from '@bravais/trainer';
import { Command } from 'commander';
import { embedFiles } from '../embed/embed-files';
import type { EmbeddingFormat } from '../embed/finish-embeddings';
import type { DoneInput } from '../embed/read-inputs';
import { UsageError } from '../errors/cli-error';
import { graphCacheFolder } from '../files/graph-cache-folder';
import { refuseInput } from '../files/refuse-input';
import { inputsOf, passedOverNote } from '../inspect/inputs';
import { printable } from '../output/printable';
import { RowProgress } from '../output/row-progress';
import { addCacheOption, addCommonOptions, type CommonOptions, type Run } from './common-options';
import { type EmbedRows, embedToFile, embedToStdout } from './embed-output';
import type { CommandOutcome, Session } from './session';
import { withDevice } from './with-device';

interface EmbedCommandOptions extends CommonOptions {
  readonly cache: boolean;
}

/** `bravais embed MODEL FILE…`: a row for each structure, with its embedding. */
export function embedCommand(run: Run): Command {
  const command = new Command('embed')
    .description("embed structures with a model's structure encoder, a row each, as JSON Lines or Parquet")
    .argument('<model>', 'folder of a run (its best checkpoint, else its last) or of one checkpoint')
    .argument(
      '<file...>',
      'files, folders, data sets, patterns such as "data/**/*.cif", or - for the standard input',
    );
  return addCacheOption(
    addCommonOptions(command, {
      out: 'file for the rows, x.jsonl or x.parquet, or - for lines on the standard output (default: -)',
      outIs: 'file',
      seed: 'changes nothing here',
      set: 'changes nothing here',
      resume: 'auto: go on with the rows of a run that was stopped before --out was whole',
      example: 'bravais embed runs/smoke crystals/ --out embeddings.parquet',
    }),
  ).action((model: string, files: readonly string[], options: EmbedCommandOptions) =>
    run(options, (session) => embed(model, files, options, session)),
  );
}

async function embed(
  model: string,
  given: readonly string[],
  options: EmbedCommandOptions,
  session: Session,
): Promise<CommandOutcome> {
  const { services, output, signal, nowMs } = session;
  const { out = '-' } = options;
  checkResume(options.resume, out);
  if (out !== '-') await refuseFolder(out);
  const format = out === '-' ? null : formatOf(out);
  const inputs = await inputsOf(given, { sets: true });
  await refuseInput(out, inputs.files, 'embed');
  if (format !== null) await services.ensureWritable(dirname(out));
  // A model that cannot be read is said before a device is opened.
  const config = await services.readRunConfig(model);
  const passedOver = passedOverNote(inputs);
  if (passedOver !== undefined) output.talk(passedOver);
  const note = (text: string): void => output.talk(`note: ${printable(text)}`);
  const cacheFolder = options.cache ? graphCacheFolder() : null;
  const batchesOf = (encoder: StructureEncoder, done: readonly DoneInput[]) =>
    embedFiles(inputs.files, {
      encoder,
      prepare: (structures) =>
        services.prepareStructures(structures, config, { cacheFolder, signal, onNote: note }),
      signal,
      note,
      done,
    });
  const embedWith: EmbedRows = (done, use) =>
    withDevice(session, options, async (device) => {
      const encoder = await services.openStructureEncoder(model, device);
      const progress = new RowProgress(output, nowMs);
      for await (const batch of batchesOf(encoder, done)) {
        await use(batch);
        progress.add(batch.length);
      }
      return encoder.embeddingDim;
    });
  return format === null
    ? embedToStdout(embedWith, options.json === true, output)
    : embedToFile(embedWith, { out, format, model, resume: options.resume === 'auto' }, session);
}

function formatOf(out: string): EmbeddingFormat {
  const ending = extname(out).toLowerCase();
  if (ending === '.jsonl' || ending === '.parquet') return ending.slice(1) as EmbeddingFormat;
  throw new UsageError(
    `embed: --out must end with .jsonl or .parquet, got ${out}. Name for example embeddings.parquet.`,
  );
}

function checkResume(resume: string | undefined, out: string): void {
  if (resume === undefined) return;
  if (resume !== 'auto') {
    throw new UsageError(
      `embed: --resume must be auto, got ${resume}. The rows beside --out are gone on with.`,
    );
  }
  if (out === '-') {
    throw new UsageError('embed: --resume needs a file, got the standard output. Name one with --out.');
  }
}

async function refuseFolder(out: string): Promise<void> {
  const found = await stat(out).catch(() => undefined);
  if (!found?.isDirectory()) return;
  const example = join(out, 'embeddings.jsonl');
  throw new UsageError(
    `embed: --out must be a file, got the folder ${out}. Name a file in it, for example ${example}.`,
  );
}

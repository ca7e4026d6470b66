import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { embedFiles } from '../embed/embed-files';
import type { EmbeddingRow, FailedRow } from '../embed/embedding-row';
import { UsageError } from '../errors/cli-error';
import { graphCacheFolder } from '../files/graph-cache-folder';
import { writeResultLines } from '../files/write-result';
import { inputsOf, passedOverNote } from '../inspect/inputs';
import { formatCount } from '../output/format-number';
import { addCacheOption, addCommonOptions, type CommonOptions, type Run } from './common-options';
import type { CommandOutcome, OutcomeDocument, Session } from './session';
import { withDevice } from './with-device';

interface EmbedCommandOptions extends CommonOptions {
  readonly cache: boolean;
}

/** `bravais embed MODEL FILE…`: one line of JSON for each structure, with its embedding. */
export function embedCommand(run: Run): Command {
  const command = new Command('embed')
    .description("embed structure files with a model's structure encoder, one line of JSON each")
    .argument('<model>', 'folder of a run (its best checkpoint, else its last) or of one checkpoint')
    .argument('<file...>', 'files, folders, patterns such as "data/**/*.cif", or - for the standard input');
  return addCacheOption(
    addCommonOptions(command, {
      out: 'file for the lines, or - for the standard output (default: -)',
      outIs: 'file',
      seed: 'changes nothing here',
      set: 'changes nothing here',
      resume: 'changes nothing here',
      example: 'bravais embed runs/smoke crystals/ --out embeddings.jsonl',
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
  const { services, output, signal } = session;
  const { out = '-' } = options;
  if (out !== '-') {
    await refuseFolder(out);
    await services.ensureWritable(dirname(out));
  }
  // A model that cannot be read is said before a device is opened.
  const config = await services.readRunConfig(model);
  const inputs = await inputsOf(given);
  const passedOver = passedOverNote(inputs);
  if (passedOver !== undefined) output.talk(passedOver);
  return withDevice(session, options, async (device) => {
    const encoder = await services.openStructureEncoder(model, device);
    const note = (text: string): void => output.talk(`note: ${text}`);
    const cacheFolder = options.cache ? graphCacheFolder() : null;
    const rows = embedFiles(inputs.files, {
      encoder,
      prepare: (structures) =>
        services.prepareStructures(structures, config, { cacheFolder, signal, onNote: note }),
      signal,
      note,
    });
    const failed: FailedRow[] = [];
    let embeddings = 0;
    const counted = async function* (): AsyncGenerator<EmbeddingRow, void, undefined> {
      for await (const row of rows) {
        if ('error' in row) failed.push(row);
        else embeddings++;
        yield row;
      }
    };
    const said = (): string =>
      [
        `${out}: ${formatCount(embeddings)} embeddings of ${encoder.embeddingDim} numbers, ${formatCount(failed.length)} failed`,
        ...failed.map(failureText),
      ].join('\n');
    if (out !== '-') {
      await writeResultLines(out, jsonLines(counted()));
      const document = { command: 'embed', model, file: out, embeddingDim: encoder.embeddingDim };
      return {
        exitCode: failed.length === 0 ? 0 : 1,
        text: said(),
        document: { ok: failed.length === 0, ...document, embeddings, failed },
      };
    }
    const document: OutcomeDocument[] = [];
    for await (const row of counted()) {
      if (options.json) document.push(documentOf(row));
      else output.print(JSON.stringify(row));
    }
    output.talk(said());
    return { exitCode: failed.length === 0 ? 0 : 1, text: '', document };
  });
}

async function refuseFolder(out: string): Promise<void> {
  const found = await stat(out).catch(() => undefined);
  if (!found?.isDirectory()) return;
  const example = join(out, 'embeddings.jsonl');
  throw new UsageError(
    `embed: --out must be a file, got the folder ${out}. Name a file in it, for example ${example}.`,
  );
}

async function* jsonLines(rows: AsyncIterable<EmbeddingRow>): AsyncGenerator<string, void, undefined> {
  for await (const row of rows) yield JSON.stringify(row);
}

function documentOf({ id, ...row }: EmbeddingRow): OutcomeDocument {
  return { id, ok: !('error' in row), ...row };
}

function failureText({ id, name, error }: FailedRow): string {
  return `${name === undefined ? id : `${id}, ${name}`}: ${error.code}: ${error.message}`;
}

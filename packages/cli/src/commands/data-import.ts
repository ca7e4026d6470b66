import { basename } from 'node:path';
import { Argument, Command } from 'commander';
import { addSetOptions, type SetOptions } from '../data/set-options';
import { untilStopped } from '../data/until-stopped';
import { writtenSetText } from '../data/written-set-text';
import { addCommonOptions, type CommonOptions, type Run } from './common-options';
import type { CommandOutcome, Session } from './session';

/** Kinds by name, for `--help`; the readers are loaded when they are needed. */
const KINDS = ['cif', 'jarvis', 'matbench', 'synthesis', 'jcamp', 'table', 'multimat', 'materials-project'];

interface DataImportOptions extends CommonOptions, SetOptions {
  readonly title?: string;
  readonly licence?: string;
  readonly citation?: string;
}

/** `bravais data import KIND PATH…`: downloaded files into a set; touches no network. */
export function dataImportCommand(run: Run): Command {
  const command = new Command('import')
    .description('make a set of downloaded files')
    .addArgument(new Argument('<kind>', 'what the files are').choices(KINDS))
    .argument('<path...>', 'files or folders')
    .option('--title <text>', 'title of the card')
    .option('--licence <id>', 'licence of the data, as SPDX or the Hugging Face hub call it')
    .option('--citation <text>', 'a work to cite');
  return addCommonOptions(addSetOptions(command), {
    out: 'folder of the set (default: data/<name of the first path>)',
    seed: 'changes nothing here',
    set: 'changes nothing here',
    resume: 'changes nothing here',
    example: 'bravais data import cif downloads/cod --licence cc0-1.0 --out data/cod',
  }).action((kind: string, paths: readonly string[], options: DataImportOptions) =>
    run(options, (session) => importData(kind, paths, options, session)),
  );
}

async function importData(
  kind: string,
  paths: readonly string[],
  options: DataImportOptions,
  { services, signal }: Session,
): Promise<CommandOutcome> {
  const { IMPORT_KINDS, importSet } = await import('@bravais/datasets/node');
  const { title, licence, citation, date, limit } = options;
  const out = options.out ?? `data/${basename(paths[0]!).replace(/\..*$/, '') || kind}`;
  await services.ensureWritable(out);
  const manifest = await untilStopped(signal, 'Nothing was written.', () =>
    importSet(out, IMPORT_KINDS[kind]!, paths, {
      signal,
      ...(title === undefined ? {} : { title }),
      ...(licence === undefined ? {} : { licence }),
      ...(citation === undefined ? {} : { citation }),
      ...(date === undefined ? {} : { date }),
      ...(limit === undefined ? {} : { limit }),
    }),
  );
  return {
    exitCode: 0,
    text: writtenSetText(out, manifest),
    document: { ok: true, command: 'data import', folder: out, set: manifest },
  };
}

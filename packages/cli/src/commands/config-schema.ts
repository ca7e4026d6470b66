import { join } from 'node:path';
import { Command } from 'commander';
import { writeResult } from '../files/write-result';
import { addCommonOptions, type CommonOptions, type Run } from './common-options';
import type { CommandOutcome, Session } from './session';

/** `bravais config schema`: the JSON Schema of experiment files, for editors. */
export function configSchemaCommand(run: Run): Command {
  const command = new Command('schema').description(
    'print the JSON Schema of experiment files, by which editors complete and check them',
  );
  return addCommonOptions(command, {
    out: 'folder for experiment.schema.json (default: printed)',
    seed: 'changes nothing here',
    set: 'changes nothing here',
    resume: 'changes nothing here',
    example: 'bravais config schema --out .',
  }).action((options: CommonOptions) => run(options, (session) => configSchema(options, session)));
}

async function configSchema({ out }: CommonOptions, { services }: Session): Promise<CommandOutcome> {
  const { experimentJsonSchema, experimentSchemaText } = await import('@bravais/trainer');
  const document = { ok: true, command: 'config schema', schema: experimentJsonSchema() };
  if (out === undefined) return { exitCode: 0, text: experimentSchemaText().trimEnd(), document };
  await services.ensureWritable(out);
  const file = join(out, 'experiment.schema.json');
  await writeResult(file, experimentSchemaText());
  const line = `# yaml-language-server: $schema=${file}`;
  return {
    exitCode: 0,
    text: `${file}\nName it in the first line of an experiment, relative to that file: ${line}`,
    document: { ...document, file },
  };
}

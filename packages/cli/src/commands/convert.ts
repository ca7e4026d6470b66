import type { NamedStructure } from '@bravais/datasets';
import { Command, Option } from 'commander';
import { WRITTEN_FORMATS, type WrittenFormat, writtenFormatOf } from '../convert/written-format';
import { holdsSeveral, writtenText } from '../convert/written-text';
import { writeResult } from '../files/write-result';
import { readStructureFile } from '../inspect/read-structure-file';
import { addCommonOptions, type CommonOptions, type Run } from './common-options';
import type { CommandOutcome, Session } from './session';

interface ConvertCommandOptions extends CommonOptions {
  readonly to?: WrittenFormat;
}

/** `bravais convert IN OUT`: one structure file into another format. */
export function convertCommand(run: Run): Command {
  const command = new Command('convert')
    .description('write a structure file in another format')
    .argument('<in>', 'structure file of any known format, or - for the standard input')
    .argument('<out>', 'file to write; its name tells the format: x.cif, POSCAR, x.vasp, x.xyz, x.json')
    .addOption(new Option('--to <format>', 'format to write').choices(WRITTEN_FORMATS));
  return addCommonOptions(command, {
    out: 'changes nothing here: the second argument is the file to write',
    seed: 'changes nothing here',
    set: 'changes nothing here',
    resume: 'changes nothing here',
    example: 'bravais convert LiFePO4.cif POSCAR',
  }).action((from: string, to: string, options: ConvertCommandOptions) =>
    run(options, (session) => convert(from, to, options, session)),
  );
}

async function convert(
  from: string,
  to: string,
  options: ConvertCommandOptions,
  { output }: Session,
): Promise<CommandOutcome> {
  const format = options.to ?? writtenFormatOf(to);
  const { structures, notes } = await readStructureFile(from);
  const all = structures as readonly [NamedStructure, ...NamedStructure[]];
  const written = holdsSeveral(format) ? all : ([all[0]] as const);
  await writeResult(to, await writtenText(written, format));
  const left = all.length - written.length;
  const said = [
    ...notes,
    ...new Set(written.flatMap((item) => item.notes)),
    ...(left > 0 ? [`${left} further structures of ${from} were left out: ${format} holds one`] : []),
  ];
  for (const note of said) output.talk(`note: ${note}`);
  const count = `${written.length} ${written.length === 1 ? 'structure' : 'structures'}`;
  return {
    exitCode: 0,
    text: `${to}: ${count}, ${format}`,
    document: { ok: true, command: 'convert', file: to, format, structures: written.length, notes: said },
  };
}

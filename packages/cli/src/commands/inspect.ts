import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { InterruptedError } from '../errors/cli-error';
import { writeResult } from '../files/write-result';
import { inputsOf, passedOverNote } from '../inspect/inputs';
import { inspectFile } from '../inspect/inspect-file';
import type { FailedInspection, Inspection, NeighborRequest } from '../inspect/inspection';
import { inspectionText } from '../inspect/inspection-text';
import { addCommonOptions, type CommonOptions, type Run } from './common-options';
import type { CommandOutcome, Session } from './session';

interface InspectCommandOptions extends CommonOptions, NeighborRequest {}

/** `bravais inspect FILE…`: formula, lattice, density, space group, sites and neighbours of structure files. */
export function inspectCommand(run: Run): Command {
  const command = new Command('inspect')
    .description('say what is in structure files: formula, lattice, density, space group, sites, neighbours')
    .argument('<file...>', 'files, folders, patterns such as "data/**/*.cif", or - for the standard input')
    .option('--neighbors <k>', 'list the nearest k neighbours of each site, whole shells kept', parseCount)
    .option('--cutoff <Å>', 'list the neighbours within this radius', parseRadius);
  return addCommonOptions(command, {
    out: 'folder for inspection.json (default: not written)',
    seed: 'changes nothing here',
    set: 'changes nothing here',
    resume: 'changes nothing here',
    example: 'bravais inspect LiFePO4.cif POSCAR --neighbors 12',
  }).action((files: readonly string[], options: InspectCommandOptions) =>
    run(options, (session) => inspect(files, options, session)),
  );
}

async function inspect(
  given: readonly string[],
  options: InspectCommandOptions,
  { services, output, signal }: Session,
): Promise<CommandOutcome> {
  if (options.out !== undefined) await services.ensureWritable(options.out);
  const inputs = await inputsOf(given);
  const { files } = inputs;
  const note = passedOverNote(inputs);
  if (note !== undefined) output.talk(note);
  const document: (Inspection | FailedInspection)[] = [];
  for (const file of files) {
    if (signal.aborted)
      throw new InterruptedError(`inspect: stopped after ${document.length} of ${files.length} files`);
    document.push(await inspectFile(file, options));
  }
  if (options.out !== undefined) {
    await writeResult(join(options.out, 'inspection.json'), `${JSON.stringify(document, null, 2)}\n`);
  }
  const text = options.json ? '' : document.map(inspectionText).join('\n\n');
  return {
    exitCode: document.every(({ ok }) => ok) ? 0 : 1,
    text: document.length === 0 ? 'no structure files' : text,
    document: document.map((inspection) => ({ ...inspection })),
  };
}

function parseCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,6}$/.test(text) && count >= 1) return count;
  throw new InvalidArgumentError('It must be a whole number from 1, for example 12.');
}

function parseRadius(text: string): number {
  const radius = Number(text);
  if (text.trim() !== '' && radius > 0 && radius <= 1000) return radius;
  throw new InvalidArgumentError('It must be a radius in Å above 0, for example 5.');
}

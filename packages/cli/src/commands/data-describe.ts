import { Command } from 'commander';
import { descriptionText } from '../data/description-text';
import { addCommonOptions, type CommonOptions, type Run } from './common-options';
import type { CommandOutcome } from './session';

/** `bravais data describe SET`: counts, fields, ranges and gaps. */
export function dataDescribeCommand(run: Run): Command {
  const command = new Command('describe')
    .description('say what a set holds: counts, fields, ranges, missing values')
    .argument('<set>', 'folder of the set');
  return addCommonOptions(command, {
    out: 'changes nothing here',
    seed: 'changes nothing here',
    set: 'changes nothing here',
    resume: 'changes nothing here',
    example: 'bravais data describe data/oqmd',
  }).action((folder: string, options: CommonOptions) => run(options, () => describeData(folder)));
}

async function describeData(folder: string): Promise<CommandOutcome> {
  const { describeSet, readManifest, readSet } = await import('@bravais/datasets/node');
  const manifest = await readManifest(folder);
  const description = await describeSet(readSet(folder));
  return {
    exitCode: 0,
    text: descriptionText(manifest, description),
    document: { ok: true, command: 'data describe', folder, set: manifest, description },
  };
}

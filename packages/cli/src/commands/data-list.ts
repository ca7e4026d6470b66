import type { ListedSet } from '@bravais/datasets/node';
import { Command } from 'commander';
import { formatBytes, formatCount } from '../output/format-number';
import { addCommonOptions, type CommonOptions, type Run } from './common-options';
import type { CommandOutcome } from './session';

/** `bravais data list [FOLDER]`: the sets in a folder. */
export function dataListCommand(run: Run): Command {
  const command = new Command('list')
    .description('list the sets in a folder')
    .argument('[folder]', 'folder that holds sets', 'data');
  return addCommonOptions(command, {
    out: 'changes nothing here',
    seed: 'changes nothing here',
    set: 'changes nothing here',
    resume: 'changes nothing here',
    example: 'bravais data list data',
  }).action((folder: string, options: CommonOptions) => run(options, () => listData(folder)));
}

async function listData(folder: string): Promise<CommandOutcome> {
  const { listSets } = await import('@bravais/datasets/node');
  const sets = await listSets(folder);
  return {
    exitCode: 0,
    text: sets.length === 0 ? `no sets in ${folder}` : sets.map(setLine).join('\n'),
    document: { ok: true, command: 'data list', sets },
  };
}

function setLine(set: ListedSet): string {
  const unfinished = set.unfinished ? '  (a fetch has not ended: run it again to go on)' : '';
  if ('error' in set) return `${set.folder}  ${set.error}${set.unfinished ? ': run it again to go on' : ''}`;
  const { title, records, bytes, licence, date } = set.manifest;
  const facts = [`${formatCount(records)} records`, formatBytes(bytes), licence, date ?? 'day not stated'];
  return `${set.folder}  ${title}: ${facts.join(', ')}${unfinished}`;
}

import { Command } from 'commander';
import type { Run } from './common-options';
import { dataBuildCommand } from './data-build';
import { dataDescribeCommand } from './data-describe';
import { dataFetchCommand } from './data-fetch';
import { dataImportCommand } from './data-import';
import { dataListCommand } from './data-list';
import { dataSplitCommand } from './data-split';

/** `bravais data …`: sets of materials on disk. */
export function dataCommand(run: Run): Command {
  const command = new Command('data').description(
    'fetch sets of materials from open databases, import downloaded files, say what is on disk, build and split sets',
  );
  const commands = [
    dataFetchCommand,
    dataImportCommand,
    dataListCommand,
    dataDescribeCommand,
    dataBuildCommand,
    dataSplitCommand,
  ];
  for (const create of commands) command.addCommand(create(run));
  return command;
}

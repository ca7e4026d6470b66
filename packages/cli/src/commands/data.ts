import { Command } from 'commander';
import type { Run } from './common-options';
import { dataDescribeCommand } from './data-describe';
import { dataFetchCommand } from './data-fetch';
import { dataImportCommand } from './data-import';
import { dataListCommand } from './data-list';

/** `bravais data …`: sets of materials on disk. */
export function dataCommand(run: Run): Command {
  const command = new Command('data').description(
    'fetch sets of materials from open databases, import downloaded files, say what is on disk',
  );
  const commands = [dataFetchCommand, dataImportCommand, dataListCommand, dataDescribeCommand];
  for (const create of commands) command.addCommand(create(run));
  return command;
}

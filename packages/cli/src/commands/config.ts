import { Command } from 'commander';
import type { Run } from './common-options';
import { configSchemaCommand } from './config-schema';

/** `bravais config …`: about experiment files. */
export function configCommand(run: Run): Command {
  return new Command('config')
    .description('tell what an experiment file may hold')
    .addCommand(configSchemaCommand(run));
}

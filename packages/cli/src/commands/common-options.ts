import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DeviceChoice } from '../services/services';
import type { CommandOutcome, Session } from './session';

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: true;
  readonly quiet?: true;
  readonly seed?: number;
  /** `key.path=value`, in order. */
  readonly set?: readonly string[];
  readonly out?: string;
  /** Checkpoint folder, or `auto` for the newest one in `out`. */
  readonly resume?: string;
  readonly device: DeviceChoice;
  /** MiB. */
  readonly memoryBudget?: number;
}

/** Runs a command's work and prints how it ended. */
export type Run = (
  options: CommonOptions,
  work: (session: Session) => Promise<CommandOutcome>,
) => Promise<void>;

/** How `--help` speaks about the options whose meaning depends on the command. */
export interface OptionTexts {
  readonly out: string;
  /** What `--out` names; a folder where left out. */
  readonly outIs?: 'dir' | 'file';
  readonly seed: string;
  readonly set: string;
  readonly resume: string;
  readonly example: string;
}

/** Adds the common options and the example to a command. */
export function addCommonOptions(command: Command, texts: OptionTexts): Command {
  return command
    .option(`--out <${texts.outIs ?? 'dir'}>`, texts.out)
    .option('--seed <int>', texts.seed, parseSeed)
    .option('--set <key.path=value>', texts.set, collect)
    .option('--resume <dir|auto>', texts.resume)
    .addOption(
      new Option('--device <choice>', 'which adapter to compute on')
        .choices(['auto', 'hardware', 'software'])
        .default('auto'),
    )
    .option('--memory-budget <MiB>', 'most device memory that tensors may take', parseMebibytes)
    .option('--json', 'print one JSON document on stdout and nothing else there')
    .option('--quiet', 'no progress and no notes on stderr')
    .addHelpText('after', `\nExample:\n  $ ${texts.example}`);
}

/** Overrides of the config: `--set` in order, then `--seed`. */
export function overridesOf({ set = [], seed }: CommonOptions): string[] {
  return seed === undefined ? [...set] : [...set, `seed=${seed}`];
}

/** `--data`, where the command takes it. */
export function addDataOption(command: Command): Command {
  return command.option(
    '--data <root>',
    "folder that the config's data.root is relative to (default: BRAVAIS_DATA, else the working folder)",
  );
}

/** `--no-cache`, where the command makes graphs of a data set. */
export function addCacheOption(command: Command): Command {
  return command.option(
    '--no-cache',
    'make all graphs anew, and keep none (kept in XDG_CACHE_HOME, else ~/.cache, below bravais/graphs)',
  );
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function parseMebibytes(text: string): number {
  const mebibytes = Number(text);
  if (mebibytes > 0 && Number.isFinite(mebibytes)) return mebibytes;
  throw new InvalidArgumentError('It must be a positive number of MiB, for example 2048.');
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed <= 0xffff_ffff) return seed;
  throw new InvalidArgumentError('It must be an integer from 0 to 4294967295.');
}

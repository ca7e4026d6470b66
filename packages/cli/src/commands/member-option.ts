import { type Command, InvalidArgumentError } from 'commander';

/** Adds `--member`, which may be repeated. */
export function addMemberOption(command: Command): Command {
  return command.option(
    '--member <run>',
    'another seed of the same experiment: adds the ensemble of all; may be repeated',
    (run: string, before: readonly string[] = []) => [...before, run],
  );
}

/** A fraction between 0 and 1, for commander. */
export function parseLevel(text: string): number {
  const level = Number(text);
  if (text.trim() !== '' && level > 0 && level < 1) return level;
  throw new InvalidArgumentError('It must be a fraction between 0 and 1, for example 0.9.');
}

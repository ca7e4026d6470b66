import { join } from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../errors/cli-error';
import { writeResult } from '../files/write-result';
import { addCommonOptions, type CommonOptions, type Run } from './common-options';
import type { CommandOutcome, Session } from './session';

/** `bravais compare A B…`: paired differences of evaluations with intervals, each against the first. */
export function compareCommand(run: Run): Command {
  const command = new Command('compare')
    .description(
      'compare evaluations by paired differences over seeds, or over queries where there is one seed',
    )
    .argument('<sides...>', 'evaluation.json, a run that has one, or a folder of such runs, a seed each');
  return addCommonOptions(command, {
    out: 'folder for comparison.json (default: none is written)',
    seed: 'key of the bootstrap intervals (default: 0)',
    set: 'changes nothing here',
    resume: 'changes nothing here',
    example: 'bravais compare runs/baseline runs/larger --json',
  }).action((sides: readonly string[], options: CommonOptions) =>
    run(options, (session) => compare(sides, options, session)),
  );
}

async function compare(
  paths: readonly string[],
  options: CommonOptions,
  { services, output }: Session,
): Promise<CommandOutcome> {
  if (paths.length < 2) {
    throw new UsageError(`compare: at least 2 evaluations expected, got ${paths.length}. Name another.`);
  }
  if (options.out !== undefined) await services.ensureWritable(options.out);
  const { readSide } = await import('../evaluation/comparison/read-side');
  const { compareSides } = await import('../evaluation/comparison/compare-sides');
  const { comparisonText } = await import('../evaluation/comparison/comparison-text');
  const sides = await Promise.all(paths.map(readSide));
  const comparisons = sides.slice(1).map((side) => compareSides(sides[0]!, side, options.seed ?? 0));
  if (options.out !== undefined) {
    await writeResult(join(options.out, 'comparison.json'), `${JSON.stringify(comparisons, null, 2)}\n`);
  }
  return {
    exitCode: 0,
    text: comparisons.map((comparison) => comparisonText(comparison, output)).join('\n\n'),
    document: { ok: true, command: 'compare', comparisons },
  };
}

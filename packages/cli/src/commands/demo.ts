import { join } from 'node:path';
import { Command } from 'commander';
import { demoYaml } from '../demo/demo-yaml';
import { factsTable } from '../output/facts-table';
import { formatDuration } from '../output/format-number';
import { addCommonOptions, type CommonOptions, overridesOf, type Run } from './common-options';
import { resumeCommand } from './resume-command';
import { scoreRun } from './score-run';
import type { CommandOutcome, Session } from './session';
import { interrupted, trainRun } from './train-run';
import { withDevice } from './with-device';
import { writeEvaluation } from './write-evaluation';

/** `bravais demo`: trains on the reference set inside the package and reports on its held-out materials. */
export function demoCommand(run: Run): Command {
  const command = new Command('demo').description(
    'train on the crystals inside the package, measure on held-out ones, write a report',
  );
  return addCommonOptions(command, {
    out: `folder for the report, metrics and checkpoints (default: ${join('runs', 'demo')})`,
    seed: 'the same as --set seed=<int>',
    set: "change a value of the demo's config; may be repeated",
    resume: 'go on from a checkpoint folder, or from the newest one in --out',
    example: 'bravais demo --seed 3 --out runs/demo-3',
  }).action((options: CommonOptions) => run(options, (session) => demo(options, session)));
}

async function demo(options: CommonOptions, session: Session): Promise<CommandOutcome> {
  const { services } = session;
  const config = await services.parseConfig(demoYaml, 'demo.yaml', overridesOf(options));
  const outDir = options.out ?? join('runs', 'demo');
  await services.ensureWritable(outDir);
  return withDevice(session, options, async (device) => {
    const { summary, prepared } = await trainRun(session, {
      config,
      outDir,
      resume: options.resume ?? null,
      overwrite: true,
      device,
      dataRoot: undefined,
      cacheFolder: null,
    });
    if (summary.status === 'interrupted') {
      return interrupted(summary, resumeCommand(['demo'], outDir, options));
    }
    const scored = await scoreRun(session, {
      run: outDir,
      split: 'test',
      device,
      dataRoot: undefined,
      cacheFolder: null,
      overrides: [],
      seed: undefined,
      source: config.data.source,
      shuffledPairs: false,
    });
    const files = await writeEvaluation(session, outDir, {
      ...scored,
      config,
      run: outDir,
      title: 'Bravais demo',
    });
    const facts = factsTable([
      ['trained', `${summary.steps} steps in ${formatDuration(summary.seconds)}`],
      ['report', files.report],
      ['map', files.embeddingMap],
    ]);
    return {
      exitCode: 0,
      text: `${scored.text}\n\n${facts}`,
      document: { ok: true, command: 'demo', summary, prepared, evaluation: scored.document, files },
    };
  });
}

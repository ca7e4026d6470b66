import { dirname, join, relative } from 'node:path';
import type { StudyConfig } from '@bravais/trainer';
import { UsageError } from '../errors/cli-error';
import { sideMetrics } from '../evaluation/comparison/side-metrics';
import type { MeasuredArm, MeasuredRepeat } from '../study/study-figures';
import type { Session } from './session';
import { runOfStudy, type StudyPlace } from './study-run';

/** The arms wanted, with those they need, in the order of the study. */
export function armsToRun(arms: StudyConfig['arms'], wanted: readonly string[] | undefined): string[] {
  const names = Object.keys(arms);
  if (!wanted) return names;
  const needed = new Set<string>();
  const need = (name: string): void => {
    const arm = arms[name];
    if (!arm)
      throw new UsageError(`--arm must name arms of the study, got ${name}. Known: ${names.join(', ')}.`);
    if (needed.has(name)) return;
    needed.add(name);
    for (const other of [arm.startFrom, arm.against]) if (other !== undefined) need(other);
  };
  for (const name of wanted) need(name);
  return names.filter((name) => needed.has(name));
}

/** Which arms of which study, and where they go. */
export interface StudyRequest {
  /** The study's file, which experiments are relative to. */
  readonly file: string;
  readonly config: StudyConfig;
  readonly names: readonly string[];
  readonly outDir: string;
  readonly set: readonly string[];
}

/** Repeat by repeat, so that a study that is stopped has whole rows of pairs. */
export async function runArms(
  session: Session,
  { file, config, names, outDir, set }: StudyRequest,
  place: StudyPlace,
): Promise<MeasuredArm[] | 'interrupted'> {
  const measured = new Map<string, MeasuredRepeat[]>();
  for (const repeat of config.repeats.values) {
    for (const name of names) {
      const arm = config.arms[name]!;
      const folderOf = (other: string): string => join(outDir, other, `${config.repeats.key}-${repeat}`);
      session.output.talk(`${name}, ${config.repeats.key} ${repeat}`);
      const experiment = join(dirname(file), arm.experiment ?? config.experiment);
      const overrides = [
        ...config.set,
        ...arm.set,
        ...(arm.startFrom === undefined
          ? []
          : [`init.checkpoint=${JSON.stringify(relative('.', folderOf(arm.startFrom)))}`]),
        ...set,
        `${config.repeats.key}=${repeat}`,
      ];
      const run = {
        config: await session.services.readConfig(experiment, overrides),
        folder: folderOf(name),
        split: config.split,
        measured: arm.measured,
      };
      const document = await runOfStudy(session, run, place);
      if (document === 'interrupted') return 'interrupted';
      if (document === null) continue;
      const metrics = sideMetrics(document, run.folder);
      measured.set(name, [...(measured.get(name) ?? []), { repeat, metrics, document }]);
    }
  }
  return [...measured].map(([name, repeats]) => {
    const { label = name, against = null } = config.arms[name]!;
    return { name, label, against, repeats };
  });
}

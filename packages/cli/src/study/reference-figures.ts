import type { TargetReport } from '@bravais/trainer';
import { CONTROL_LABELS } from '../evaluation/control-label';
import type { EvaluationDocument } from '../evaluation/evaluation-document';
import { baselineLabel } from '../evaluation/target-table';
import type { MeasuredArm, StudyTable } from './study-figures';

type Reference = StudyTable['references'][number];

/** Chance, controls and baselines beside the arms: of each the first arm that has it, mean over its repeats. */
export function referenceFigures(arms: readonly MeasuredArm[], scores: readonly string[]): Reference[] {
  const found = new Map<string, Reference>();
  for (const { repeats } of arms) {
    const [first] = repeats;
    if (!first) continue;
    const all = repeats.map(({ document }) => referencesOf(document));
    for (const reference of all[0]!.filter(({ name }) => scores.includes(name))) {
      const { label, subject, name } = reference;
      const same = all.flatMap((each) =>
        each.filter((other) => other.label === label && other.subject === subject && other.name === name),
      );
      const key = JSON.stringify([label, subject, name]);
      const value = same.reduce((sum, each) => sum + each.value, 0) / same.length;
      if (!found.has(key)) found.set(key, { ...reference, value });
    }
  }
  return [...found.values()];
}

function referencesOf({ directions, targets }: EvaluationDocument): Reference[] {
  const retrieval = directions.flatMap(({ label: subject, scores }) =>
    Object.entries(scores).flatMap(([name, { chance, controls }]): Reference[] => [
      { label: 'chance', subject, name, value: chance },
      ...Object.entries(controls).map(([control, value]) => ({
        label: CONTROL_LABELS[control as keyof typeof controls],
        subject,
        name,
        value,
      })),
    ]),
  );
  return [...retrieval, ...targets.flatMap(baselinesOf)];
}

function baselinesOf(target: TargetReport): Reference[] {
  const subject = `${target.name} (${target.property})`;
  if (target.kind === 'classification') {
    const { accuracy, macroF1 } = target.majority;
    return [
      { label: 'largest class', subject, name: 'accuracy', value: accuracy },
      { label: 'largest class', subject, name: 'macro F1', value: macroF1 },
    ];
  }
  if (target.kind !== 'regression') return [];
  return target.baselines.flatMap(({ name: baseline, metrics }): Reference[] => {
    const label = baselineLabel({ name: baseline });
    return [
      { label, subject, name: 'MAE', value: metrics.mae },
      { label, subject, name: 'RMSE', value: metrics.rmse },
    ];
  });
}

import { type MeanInterval, meanInterval, pairedDifference } from '@bravais/trainer';
import type { SideMetric } from '../evaluation/comparison/side-metrics';
import type { EvaluationDocument } from '../evaluation/evaluation-document';
import { referenceFigures } from './reference-figures';

/** One evaluation of one arm, of one repeat. */
export interface MeasuredRepeat {
  readonly repeat: number;
  readonly metrics: readonly SideMetric[];
  readonly document: EvaluationDocument;
}

/** What an arm measured, and what it is compared with. */
export interface MeasuredArm {
  readonly name: string;
  readonly label: string;
  readonly against: string | null;
  readonly repeats: readonly MeasuredRepeat[];
}

/** A figure over repeats. */
export interface StudyFigure {
  readonly subject: string;
  readonly name: string;
  readonly mean: number;
  /** 95 %, Student's t over repeats; `null` for one repeat. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Sample standard deviation over repeats; `null` for one. */
  readonly standardDeviation: number | null;
  readonly values: readonly number[];
  /** To the arm that `against` names, paired by repeat; `null` where there is none or one repeat. */
  readonly difference: {
    readonly mean: number;
    readonly low: number;
    readonly high: number;
    readonly count: number;
  } | null;
}

/** A row of the table. */
export interface StudyRow {
  readonly name: string;
  readonly label: string;
  readonly against: string | null;
  /** Repeats behind the figures. */
  readonly repeats: readonly number[];
  readonly figures: readonly StudyFigure[];
}

/** A table of arms, with what is reached without a model. */
export interface StudyTable {
  readonly rows: readonly StudyRow[];
  /** Chance, controls and baselines of the first arm that has the figure, means over its repeats. */
  readonly references: readonly {
    readonly label: string;
    readonly subject: string;
    readonly name: string;
    readonly value: number;
  }[];
}

/** The figures named in `scores` of every arm over its repeats, each with its interval and its difference to the arm it is against. */
export function studyTable(arms: readonly MeasuredArm[], scores: readonly string[]): StudyTable {
  return {
    rows: arms.map((arm) => ({
      name: arm.name,
      label: arm.label,
      against: arm.against,
      repeats: arm.repeats.map(({ repeat }) => repeat),
      figures: figuresOf(
        arm,
        arms.find(({ name }) => name === arm.against),
        scores,
      ),
    })),
    references: referenceFigures(arms, scores),
  };
}

function figuresOf(
  arm: MeasuredArm,
  other: MeasuredArm | undefined,
  scores: readonly string[],
): StudyFigure[] {
  const [first] = arm.repeats;
  const wanted = (first?.metrics ?? []).filter(({ name }) => scores.includes(name));
  return wanted.map(({ subject, name }): StudyFigure => {
    const values = valuesOf(arm, subject, name);
    const all = [...values.values()];
    const interval: MeanInterval | null = all.length > 1 ? meanInterval(all) : null;
    return {
      subject,
      name,
      mean: all.reduce((sum, value) => sum + value, 0) / all.length,
      interval: interval && [interval.low, interval.high],
      standardDeviation: interval?.standardDeviation ?? null,
      values: all,
      difference: other ? differenceOf(valuesOf(other, subject, name), values) : null,
    };
  });
}

/** Value of a figure by repeat. */
function valuesOf({ repeats }: MeasuredArm, subject: string, name: string): Map<number, number> {
  return new Map(
    repeats.flatMap(({ repeat, metrics }): [number, number][] => {
      const found = metrics.find((each) => each.subject === subject && each.name === name);
      return found ? [[repeat, found.value]] : [];
    }),
  );
}

function differenceOf(
  before: ReadonlyMap<number, number>,
  after: ReadonlyMap<number, number>,
): StudyFigure['difference'] {
  const both = [...after.keys()].filter((repeat) => before.has(repeat));
  if (both.length < 2) return null;
  return pairedDifference(
    both.map((repeat) => before.get(repeat)!),
    both.map((repeat) => after.get(repeat)!),
  );
}

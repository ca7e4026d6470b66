import type { EnsembleReport, EnsembleTarget, RetrievalScores } from '@bravais/trainer';
import { formatScore, formatValue } from '../output/format-number';
import { type DirectionScores, directionScores } from './direction-scores';

/** A row of a table: what it is of, then its numbers as words. */
export type Row = readonly [name: string, ...cells: string[]];

/** Heads of {@link directionRows}. */
export const DIRECTION_HEADS = ['R@1', 'R@5', 'R@10', 'MRR'] as const;
const KEYS: readonly (keyof RetrievalScores)[] = [
  'recallAt1',
  'recallAt5',
  'recallAt10',
  'meanReciprocalRank',
];

/** Retrieval by an ensemble with intervals, as that by one model. */
export function ensembleDirections({ pairs, variants }: EnsembleReport, key: number): DirectionScores[] {
  return directionScores(pairs, key, [], variants);
}

/** Each member, the ensemble with its intervals, and the ensemble corrected for hubs. */
export function directionRows({ members }: EnsembleReport, direction: DirectionScores): Row[] {
  const { query, gallery, scores } = direction;
  const shown = DIRECTION_HEADS.map((head) => scores.find(({ name }) => name === head)!);
  return [
    ...members.map(({ seed, pairs }): Row => {
      const own = pairs.find((pair) => pair.query === query && pair.gallery === gallery)!.scores!;
      return [`seed ${seed}`, ...KEYS.map((key) => formatScore(own[key]))];
    }),
    ['mean of cosines', ...shown.map(({ value }) => formatScore(value))],
    ['  95 % interval', ...shown.map(({ interval }) => interval.map((bound) => bound.toFixed(2)).join('–'))],
    ['  hub-corrected', ...shown.map(({ variants }) => formatScore(variants['hubness-corrected']!.value))],
  ];
}

/** Heads and rows of a target: each member, then the ensemble. */
export function targetRows(
  target: EnsembleTarget,
  { members }: EnsembleReport,
): { readonly heads: readonly string[]; readonly rows: readonly Row[] } {
  const seeds = members.map(({ seed }) => `seed ${seed}`);
  const score = (value: number | null): string => (value === null ? '' : formatScore(value));
  if (target.kind === 'regression') {
    const row = (name: string, { mae, rmse, r2, spearman }: typeof target.metrics): Row => [
      name,
      formatValue(mae),
      formatValue(rmse),
      score(r2),
      score(spearman),
    ];
    return {
      heads: ['MAE', 'RMSE', 'R²', 'Spearman'],
      rows: [
        ...target.members.map((metrics, place) => row(seeds[place]!, metrics)),
        row('mean', target.metrics),
      ],
    };
  }
  const row = (name: string, { accuracy, macroF1 }: typeof target.metrics, area: number | null): Row => [
    name,
    score(accuracy),
    score(macroF1),
    score(area),
  ];
  return {
    heads: ['accuracy', 'macro F1', 'ROC-AUC'],
    rows: [
      ...target.members.map((metrics, place) => row(seeds[place]!, metrics, null)),
      row('mean probability', target.metrics, target.rocAuc),
    ],
  };
}

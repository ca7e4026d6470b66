import type { MaterialRecord } from '@bravais/datasets';
import { type ModalityEmbeddings, type PairReport, recallByQuery, reciprocalRankByQuery } from '../retrieval';
import type { TargetReport } from '../targets/target-report';
import { type GroupMean, groupedMeans } from './grouped-means';
import { type Grouping, type GroupSources, materialGroups } from './material-groups';

/** One score by group of materials: where a model is better, and where it is worse. */
export interface GroupedScores {
  readonly by: Grouping;
  /** A target by its name, or a direction of retrieval. */
  readonly subject: string | { readonly query: string; readonly gallery: string };
  readonly metric: 'MAE' | 'accuracy' | 'R@10' | 'MRR';
  /** Of the metric; empty where it has none. */
  readonly unit: string;
  readonly groups: readonly GroupMean[];
}

/** What was measured of the materials of a split. */
export interface MeasuredSplit {
  /** In the order of rows. */
  readonly records: readonly MaterialRecord[];
  readonly embeddings: readonly ModalityEmbeddings[];
  readonly pairs: readonly PairReport[];
  readonly targets: readonly TargetReport[];
}

/** A score of each of some materials. */
interface ScoredRows extends Omit<GroupedScores, 'by' | 'groups'> {
  readonly rows: readonly number[];
  readonly values: ArrayLike<number>;
}

/**
 * Every target's error and every direction's R@10 and MRR by group, with bootstrap intervals. The candidates of a query stay the whole split.
 *
 * @param seed key of the bootstrap
 */
export async function biasReport(
  groupings: readonly Grouping[],
  measured: MeasuredSplit,
  sources: GroupSources,
  seed: number,
): Promise<GroupedScores[]> {
  const scored = [
    ...measured.targets.flatMap((target) => targetRows(target, measured)),
    ...pairRows(measured),
  ];
  const reports: GroupedScores[] = [];
  for (const by of new Set(groupings)) {
    const groups = await materialGroups(by, measured.records, sources);
    for (const { rows, values, ...rest } of scored) {
      const own = rows.map((row) => groups[row]!);
      reports.push({ by, ...rest, groups: groupedMeans(values, own, seed) });
    }
  }
  return reports;
}

function targetRows(target: TargetReport, { records }: MeasuredSplit): ScoredRows[] {
  const rowOf = new Map(records.map(({ id }, row) => [id, row]));
  const rowsOf = (points: readonly { readonly id: string }[]): number[] =>
    points.map(({ id }) => rowOf.get(id)!);
  if (target.kind === 'regression') {
    const { name, unit, points } = target;
    const values = points.map(({ actual, predicted }) => Math.abs(predicted - actual));
    return [{ subject: name, metric: 'MAE', unit, rows: rowsOf(points), values }];
  }
  if (target.kind === 'classification') {
    const { name, points } = target;
    const values = points.map(({ actual, predicted }) => Number(actual === predicted));
    return [{ subject: name, metric: 'accuracy', unit: '', rows: rowsOf(points), values }];
  }
  return [];
}

function pairRows({ embeddings, pairs, records }: MeasuredSplit): ScoredRows[] {
  return pairs.flatMap(({ query, gallery, ranks }): ScoredRows[] => {
    const masks = [query, gallery].map((name) => embeddings.find((each) => each.name === name)!.present);
    const rows = [...records.keys()].filter((row) => masks.every((present) => (present?.[row] ?? 1) !== 0));
    const subject = { query, gallery };
    return [
      { subject, metric: 'R@10', unit: '', rows, values: recallByQuery(ranks, 10) },
      { subject, metric: 'MRR', unit: '', rows, values: reciprocalRankByQuery(ranks) },
    ];
  });
}

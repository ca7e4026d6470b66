import type { Peer } from '../peers/peers';
import { WORKLOAD_NAMES, type Workload } from '../workloads/workloads';
import type { Row } from './standings';

/** Relative to the larger of 1 and the check itself. */
export const CHECK_TOLERANCE = 2e-3;

/** One workload: everyone's row, and how our time compares. */
export interface Comparison {
  readonly work: Workload;
  readonly rows: readonly Row[];
  /** Peers whose check is not that of the others. */
  readonly disagree: readonly string[];
  readonly ours: Row | null;
  /** The fastest that a TypeScript user could pick instead, among those whose check agrees. */
  readonly rival: Row | null;
  readonly python: Row | null;
  /** Our time / the rival's; below 1 where we are faster. */
  readonly ratioToRival: number | null;
  readonly ratioToPython: number | null;
}

/** Compares the rows of every workload that has any, in the order of the workloads. */
export function compare(
  rows: readonly Row[],
  peers: readonly Pick<Peer, 'name' | 'language'>[],
): Comparison[] {
  return WORKLOAD_NAMES.map((work) => rows.filter((row) => row.work === work))
    .filter((group) => group.length > 0)
    .map((group) => compareWorkload(group, peers));
}

function compareWorkload(
  rows: readonly Row[],
  peers: readonly Pick<Peer, 'name' | 'language'>[],
): Comparison {
  const disagree = deviants(rows);
  const fastest = (language: Peer['language']): Row | null =>
    rows
      .filter(({ peer }) => !disagree.includes(peer))
      .filter(({ peer }) => peers.some((each) => each.name === peer && each.language === language))
      .reduce<Row | null>((best, row) => (best && best.ms <= row.ms ? best : row), null);
  const ours =
    rows.find(({ peer }) => peers.some((each) => each.name === peer && each.language === 'ours')) ?? null;
  const [rival, python] = [fastest('TypeScript'), fastest('Python')];
  const ratio = (other: Row | null): number | null => (ours && other ? ours.ms / other.ms : null);
  return {
    work: rows[0]!.work,
    rows,
    disagree,
    ours,
    rival,
    python,
    ratioToRival: ratio(rival),
    ratioToPython: ratio(python),
  };
}

/**
 * Peers whose check is further from the middle one than {@link CHECK_TOLERANCE}, or not a number. Where two stand against
 * each other there is no telling who is right, and both are named.
 */
function deviants(rows: readonly Row[]): string[] {
  const checks = rows.map(({ check }) => check).filter(isNumber);
  const sorted = checks.sort((a, b) => a - b);
  const middle =
    (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
  const agrees = (check: number): boolean =>
    isNumber(check) && Math.abs(check - middle) <= CHECK_TOLERANCE * Math.max(1, Math.abs(middle));
  return rows.filter(({ check }) => !agrees(check)).map(({ peer }) => peer);
}

/** A check that was NaN or infinite is `null` in JSON. */
function isNumber(check: number | null): check is number {
  return Number.isFinite(check);
}

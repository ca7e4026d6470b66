import { CHECK_TOLERANCE, type Comparison, compare } from '../runner/comparison';
import type { Failure } from '../runner/standings';
import { WORKLOADS } from '../workloads/workloads';
import type { WorkloadReport } from './document';
import { markdownTable } from './markdown-table';

/** Marks a time whose check is not that of the others. */
const MARK = '(!)';

/** Times of everyone in ms, and ours over the best TypeScript peer's and over PyTorch's. */
export function workloadTable({ rows, peers, failures }: WorkloadReport): string {
  const head = ['ms', ...peers.map(({ name }) => name), '÷ best TypeScript peer', '÷ PyTorch'];
  const table = compare(rows, peers).map((comparison) => [
    comparison.work,
    ...peers.map(({ name }) => timeOf(comparison, name, failures)),
    ratio(comparison.ratioToRival),
    ratio(comparison.ratioToPython),
  ]);
  return markdownTable(head, table);
}

/** What the table cannot show: who failed and why, whose check is off. */
export function workloadNotes({ rows, peers, failures }: WorkloadReport): string[] {
  const off = compare(rows, peers)
    .filter(({ disagree }) => disagree.length > 0)
    .map(({ work, disagree, rows: group }) => {
      const checks = group.map(({ peer, check }) => `${peer} ${check}`).join(', ');
      return `${MARK} ${work}: the check of ${disagree.join(', ')} is off by more than ${CHECK_TOLERANCE} (${checks}).`;
    });
  const failed = failures.map(({ peer, work, error }) => `${peer}${work ? `, ${work}` : ''}: ${error}`);
  return [...off, ...failed];
}

/** The part of the page about the workloads; `chart` is the file of its drawing. */
export function workloadSection(report: WorkloadReport, chart: string): string {
  const adapters = new Map(report.rows.map(({ peer, adapter }) => [peer, adapter]));
  const who = report.peers.map(
    ({ name, version }) =>
      `- ${name} ${version ?? 'did not run'}${version ? ` on ${adapters.get(name) ?? 'unknown'}` : ''}`,
  );
  const notes = workloadNotes(report).map((note) => `- ${note}`);
  return [
    '## Workloads beside other libraries',
    `Milliseconds, the best of up to 12 runs after two warm-ups in each of ${report.rounds} round${report.rounds === 1 ? '' : 's'}; every run ends with a scalar read back. In a round each library runs in a process of its own, one after the other, on the same inputs. Below 1 in the last columns: Bravais is faster. ${MARK} marks a result that differs from the others' by more than ${CHECK_TOLERANCE}.`,
    workloadTable(report),
    `![Time of each library on each workload](${chart})`,
    'Who ran on what:',
    who.join('\n'),
    ...(notes.length > 0 ? ['What the table does not say:', notes.join('\n')] : []),
    'What is computed:',
    Object.entries(WORKLOADS)
      .map(([work, text]) => `- \`${work}\`: ${text}`)
      .join('\n'),
  ].join('\n\n');
}

function timeOf({ work, rows, disagree }: Comparison, peer: string, failures: readonly Failure[]): string {
  const row = rows.find((each) => each.peer === peer);
  if (row) return `${threeDigits(row.ms)}${disagree.includes(peer) ? ` ${MARK}` : ''}`;
  const failed = failures.some((each) => each.peer === peer && (each.work === work || each.work === null));
  return failed ? 'fails' : '–';
}

function ratio(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}

/** At least three significant digits, no decimals that carry nothing. */
function threeDigits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

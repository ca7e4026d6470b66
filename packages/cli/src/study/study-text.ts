import Table from 'cli-table3';
import type { Output } from '../output/output';
import type { StudyGrid } from './study-grid';

/** Facts about a whole study that its tables do not say. */
export interface StudyFacts {
  readonly name: string;
  readonly split: string;
  /** `seed` or `data.fold`, and its values. */
  readonly repeats: { readonly key: string; readonly values: readonly number[] };
  readonly adapter: string;
  /** `2026-11-24`. */
  readonly date: string;
}

const INTERVALS =
  'Means over runs; in brackets 95 % (Student t over runs: the spread of training, not that of test materials).';

/** A study for a terminal. */
export function studyText(facts: StudyFacts, grids: readonly StudyGrid[], output: Output): string {
  const tables = grids.map(({ subject, head, rows }) => {
    const table = new Table({
      head: [...head],
      colAligns: ['left', ...head.slice(1).map(() => 'right' as const)],
      style: { head: [], border: [], compact: true },
    });
    table.push(...rows.map((row) => [...row]));
    return `${output.style('bold', subject)}\n${table.toString()}`;
  });
  return [factsLine(facts), ...tables, INTERVALS].join('\n\n');
}

/** A study as Markdown, for a document. */
export function studyMarkdown(facts: StudyFacts, grids: readonly StudyGrid[]): string {
  const tables = grids.map(({ subject, head, rows }) => {
    const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
    const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
    return [`**${escaped(subject)}**`, '', line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join(
      '\n',
    );
  });
  return `${[`# ${facts.name}`, factsLine(facts), ...tables, INTERVALS].join('\n\n')}\n`;
}

function factsLine({ name, split, repeats, adapter, date }: StudyFacts): string {
  return `${name}: ${split} split, ${repeats.key} ${repeats.values.join(', ')}, ${adapter}, ${date}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[|\\]/g, '\\$&');
}

import { formatValue } from '../output/format-number';
import type { StudyFigure, StudyTable } from './study-figures';

/** One table: what it is about, its head and its rows, all as text. */
export interface StudyGrid {
  readonly subject: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table for each subject: arms with their figures and differences, then what is reached without a model. */
export function studyGrids({ rows, references }: StudyTable): StudyGrid[] {
  const figures = rows.flatMap(({ figures }) => figures);
  return distinct(figures.map(({ subject }) => subject)).map((subject) => {
    const here = figures.filter((figure) => figure.subject === subject);
    const names = distinct(here.map(({ name }) => name));
    const compared = names.filter((wanted) =>
      here.some(({ name, difference }) => name === wanted && difference),
    );
    const armRows = rows.flatMap(({ label, against, repeats, figures }) => {
      const of = (name: string): StudyFigure | undefined =>
        figures.find((figure) => figure.subject === subject && figure.name === name);
      if (!names.some(of)) return [];
      const other = rows.find(({ name }) => name === against)?.label;
      const differences = compared.map((name) => differenceCell(of(name), other));
      return [[label, String(repeats.length), ...names.map((name) => figureCell(of(name))), ...differences]];
    });
    const labels = distinct(references.filter((each) => each.subject === subject).map(({ label }) => label));
    const referenceRows = labels.map((label) => {
      const of = (name: string): string => {
        const found = references.find(
          (each) => each.subject === subject && each.label === label && each.name === name,
        );
        return found ? formatValue(found.value) : '';
      };
      return [label, '', ...names.map(of), ...compared.map(() => '')];
    });
    return {
      subject,
      head: ['', 'runs', ...names, ...compared.map((name) => `Δ ${name}`)],
      rows: [...armRows, ...referenceRows],
    };
  });
}

/** `.412 (.40 … .43)`, the interval where there is one. */
function figureCell(figure: StudyFigure | undefined): string {
  if (!figure) return '';
  const { mean, interval } = figure;
  return interval ? `${formatValue(mean)} (${interval.map(short).join(' … ')})` : formatValue(mean);
}

function differenceCell(figure: StudyFigure | undefined, other: string | undefined): string {
  if (!figure?.difference || other === undefined) return '';
  const { mean, low, high } = figure.difference;
  return `${signed(mean)} (${signed(low)} … ${signed(high)}) to ${other}`;
}

/** Three significant digits: an interval needs no more. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${short(value)}`;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

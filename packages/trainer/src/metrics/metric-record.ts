import { MetricsError } from './metrics-error';

/** Which materials a number was computed on. */
export type Split = 'train' | 'val' | 'test';

/** Numbers measured after one step: one line of `metrics.jsonl`. */
export interface MetricRecord {
  /** Optimiser steps done, from 0. */
  readonly step: number;
  /** Epoch of that step, from 0. */
  readonly epoch: number;
  readonly split: Split;
  /** By name, for example `loss`, `loss/structure|text`, `mrr`, `structure-to-spectrum/r@10`. Never a time: see {@link TimingRecord}. */
  readonly values: Readonly<Record<string, number>>;
}

/** Wall-clock numbers of one step: one line of `timing.jsonl`, which two equal runs do not share. */
export interface TimingRecord {
  readonly step: number;
  /** By name with the unit, for example `seconds`, `materialsPerSecond`. */
  readonly values: Readonly<Record<string, number>>;
}

const VALUE_NAME = /^[A-Za-z][A-Za-z0-9@_./|-]*$/;
const SPLITS: readonly unknown[] = ['train', 'val', 'test'];
const NOT_FINITE: readonly unknown[] = ['NaN', 'Infinity', '-Infinity'];

/**
 * `{"step":20,"epoch":1,"split":"val","mrr":0.25}` and a newline: flat JSON, values in the order given.
 *
 * A number is written as the shortest decimal that reads back as the same float64, so equal runs give equal bytes. What JSON
 * cannot say is written as text, `"NaN"`, `"Infinity"`, `"-Infinity"`: a run that diverged must show.
 *
 * @throws MetricsError `NAME` for a value named `step`, `epoch`, `split` or with other characters than letters, digits and `@_./|-`.
 */
export function encodeMetric({ step, epoch, split, values }: MetricRecord): string {
  return encodeLine({ step, epoch, split }, values);
}

/** `{"step":20,"seconds":1.5}` and a newline; numbers as in {@link encodeMetric}. */
export function encodeTiming({ step, values }: TimingRecord): string {
  return encodeLine({ step }, values);
}

function encodeLine(
  head: Readonly<Record<string, number | string>>,
  values: Readonly<Record<string, number>>,
): string {
  const named = Object.entries(values).map(([name, value]): [string, number | string] => {
    if (!VALUE_NAME.test(name) || ['step', 'epoch', 'split'].includes(name)) {
      const message = `metrics: a name must be letters, digits and @_./|- and not step, epoch or split, got ${JSON.stringify(name)}. Rename the value.`;
      throw new MetricsError('NAME', message);
    }
    return [name, Number.isFinite(value) ? value : String(value)];
  });
  return `${JSON.stringify({ ...head, ...Object.fromEntries(named) })}\n`;
}

/**
 * Reads the text of a `metrics.jsonl`; `file` names it in messages.
 *
 * @throws MetricsError `LINE` with file and line; an unfinished last line is one.
 *
 * @example
 * const losses = decodeMetrics(text).filter(({ split }) => split === 'train').map(({ values }) => values.loss);
 */
export function decodeMetrics(text: string, file = 'metrics.jsonl'): MetricRecord[] {
  return linesOf(text, file).map((line, index) => {
    const { step, epoch, split, ...values } = decodeLine(line, file, index + 1);
    if (!isCount(epoch)) {
      throw lineError(
        file,
        index + 1,
        `epoch must be an integer of at least 0, got ${JSON.stringify(epoch)}`,
      );
    }
    if (!SPLITS.includes(split)) {
      throw lineError(
        file,
        index + 1,
        `split must be one of "train", "val", "test", got ${JSON.stringify(split)}`,
      );
    }
    return { step, epoch, split: split as Split, values: decodeValues(values, file, index + 1) };
  });
}

/** Reads the text of a `timing.jsonl`, as {@link decodeMetrics}. */
export function decodeTimings(text: string, file = 'timing.jsonl'): TimingRecord[] {
  return linesOf(text, file).map((line, index) => {
    const { step, ...values } = decodeLine(line, file, index + 1);
    return { step, values: decodeValues(values, file, index + 1) };
  });
}

function linesOf(text: string, file: string): string[] {
  const lines = text.split('\n');
  const rest = lines.pop();
  if (rest !== '') throw lineError(file, lines.length + 1, 'must end with a newline, got an unfinished line');
  return lines;
}

function decodeLine(
  line: string,
  file: string,
  number: number,
): Record<string, unknown> & { readonly step: number } {
  const fields = parseObject(line);
  if (!fields) throw lineError(file, number, 'must be a JSON object, got other text');
  const { step } = fields;
  if (!isCount(step))
    throw lineError(file, number, `step must be an integer of at least 0, got ${JSON.stringify(step)}`);
  return { ...fields, step };
}

function decodeValues(
  values: Readonly<Record<string, unknown>>,
  file: string,
  number: number,
): Record<string, number> {
  const named = Object.entries(values).map(([name, value]): [string, number] => {
    if (typeof value === 'number') return [name, value];
    if (NOT_FINITE.includes(value)) return [name, Number(value)];
    throw lineError(
      file,
      number,
      `${name} must be a number, "NaN", "Infinity" or "-Infinity", got ${JSON.stringify(value)}`,
    );
  });
  return Object.fromEntries(named);
}

/** The object a line of JSON holds, or `undefined` where it holds none. */
export function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A {@link MetricsError} at a line of a file. */
export function lineError(file: string, line: number, what: string): MetricsError {
  return new MetricsError(
    'LINE',
    `${file}:${line}: ${what}. Repair or delete the line, or start a new output folder.`,
  );
}

import { decodeText } from '../../formats/decode-text';
import { excerpt, FormatError } from '../../formats/format-error';
import { asdfLine } from './asdf-line';
import { type LabelledRecord, labelledRecords } from './labelled-records';

/** A spectrum, or a table of peaks. */
export interface JcampSpectrum {
  readonly title: string;
  /** `INFRARED SPECTRUM`, `MASS SPECTRUM`, … as written. */
  readonly dataType: string;
  /** As written: `1/CM`, `MICROMETERS`, `M/Z`. */
  readonly xUnits: string;
  readonly yUnits: string;
  /** Whether the points are peaks and not samples of a curve. */
  readonly isPeakTable: boolean;
  /** [n] in the order of the file: descending where it is so. */
  readonly x: Float64Array;
  /** [n] with YFACTOR applied. */
  readonly y: Float64Array;
  /** Every other label of the block with the text on its line: `MOLFORM`, `CASREGISTRYNO`, `ORIGIN`, `OWNER`, … */
  readonly labels: Readonly<Record<string, string>>;
}

/** What {@link readJcamp} takes beside the text. */
export interface JcampReadOptions {
  /** Name shown in errors; `<input>` by default. */
  readonly file?: string;
  readonly maxBytes?: number;
}

const MAX_POINTS = 2 ** 24;
const DATA_LABELS = new Set(['XYDATA', 'XYPOINTS', 'PEAKTABLE']);
const UNREAD_LABELS = new Set(['NTUPLES', 'RADATA', 'PEAKASSIGNMENTS', 'DATATABLE']);

/**
 * The spectra of a JCAMP-DX 4.24 or 5 file, those of the NIST Chemistry WebBook among them: `XYDATA` as `(X++(Y..Y))` in plain and all
 * packed forms, `XYPOINTS` and `PEAK TABLE` as `(XY..XY)`; blocks of a compound file one by one. Counts, abscissas and the check ordinates
 * of difference forms are verified.
 *
 * @throws FormatError `DATA_INVALID`, `DATA_TRUNCATED`, `DATA_UNSUPPORTED` (NTUPLES, interferograms, assignments), `DATA_TOO_LARGE`
 * @example
 * ```ts no-run
 * const [spectrum] = readJcamp(await readFile('64-17-5-IR.jdx'));
 * console.log(spectrum?.title, spectrum?.xUnits, spectrum?.x.length);
 * ```
 */
export function readJcamp(source: string | Uint8Array, options: JcampReadOptions = {}): JcampSpectrum[] {
  const { file = '<input>', maxBytes } = options;
  const records = labelledRecords(decodeText(source, file, maxBytes), file);
  if (records.at(-1)?.label !== 'END') {
    const line = records.at(-1)?.line;
    throw problem(
      'DATA_TRUNCATED',
      file,
      line,
      '##END= at the end expected',
      'text that stops',
      'Download the file again.',
    );
  }
  const spectra: JcampSpectrum[] = [];
  let block: LabelledRecord[] = [];
  for (const record of records) {
    if (record.label === 'TITLE' || record.label === 'END') {
      const spectrum = blockSpectrum(block, file);
      if (spectrum !== undefined) spectra.push(spectrum);
      block = [];
    }
    if (record.label !== 'END') block.push(record);
  }
  if (spectra.length === 0) {
    const expected = '##XYDATA=, ##XYPOINTS= or ##PEAK TABLE= expected';
    throw problem('DATA_INVALID', file, undefined, expected, 'none', 'Download the spectrum as JCAMP-DX.');
  }
  return spectra;
}

function blockSpectrum(block: readonly LabelledRecord[], file: string): JcampSpectrum | undefined {
  const unread = block.find(({ label }) => UNREAD_LABELS.has(label));
  if (unread !== undefined) {
    const got = `##${unread.label}=`;
    throw problem(
      'DATA_UNSUPPORTED',
      file,
      unread.line,
      'a plain spectrum expected',
      got,
      'Export it as XYDATA.',
    );
  }
  const data = block.find(({ label }) => DATA_LABELS.has(label));
  if (data === undefined) return undefined;
  const labels = Object.fromEntries(
    block.filter((record) => record !== data).map(({ label, value }) => [label, value]),
  );
  const header = new Header(labels, block, file);
  const form = data.value.replace(/\s/g, '').toUpperCase();
  if (form !== '(X++(Y..Y))' && form !== '(XY..XY)') {
    const expected = '(X++(Y..Y)) or (XY..XY) expected';
    throw problem(
      'DATA_UNSUPPORTED',
      file,
      data.line,
      expected,
      excerpt(data.value),
      'Export it in one of these forms.',
    );
  }
  const points = form === '(XY..XY)' ? pairs(data, header) : steps(data, header);
  const { TITLE: title = '', DATATYPE: dataType = '', XUNITS: xUnits = '', YUNITS: yUnits = '' } = labels;
  return { title, dataType, xUnits, yUnits, isPeakTable: data.label === 'PEAKTABLE', ...points, labels };
}

/** Numbers of a block's labels. */
class Header {
  constructor(
    readonly labels: Readonly<Record<string, string>>,
    readonly block: readonly LabelledRecord[],
    readonly file: string,
  ) {}

  /** A finite number; `fallback` where the label is not there. */
  number(label: string, fallback?: number): number {
    const text = this.labels[label];
    if (text === undefined && fallback !== undefined) return fallback;
    const value = Number(text?.trim() || 'none');
    if (Number.isFinite(value)) return value;
    const line = this.block.find((record) => record.label === label)?.line;
    throw problem(
      'DATA_INVALID',
      this.file,
      line,
      `a number as ##${label}= expected`,
      excerpt(text),
      'Check the header.',
    );
  }

  /** Points that the header announces. */
  count(found: number): number {
    const count = this.number('NPOINTS', found);
    if (Number.isInteger(count) && count >= 0 && count <= MAX_POINTS) return count;
    throw problem(
      'DATA_TOO_LARGE',
      this.file,
      undefined,
      `at most ${MAX_POINTS} points expected`,
      `${count}`,
      'Check ##NPOINTS=.',
    );
  }
}

/** `(X++(Y..Y))`: ordinates at equal steps from FIRSTX to LASTX. */
function steps(data: LabelledRecord, header: Header): Pick<JcampSpectrum, 'x' | 'y'> {
  const { file } = header;
  const y: number[] = [];
  const starts: { line: number; x: number; index: number }[] = [];
  let check: number | undefined;
  for (const [k, text] of data.lines.entries()) {
    if (text.trim() === '') continue;
    const line = data.line + 1 + k;
    const found = asdfLine(text);
    if (found === undefined)
      throw problem(
        'DATA_INVALID',
        file,
        line,
        'ordinates expected',
        excerpt(text),
        'Download the file again.',
      );
    const { x, values, endsInDifference } = found;
    if (check !== undefined && values.length > 0 && values[0] !== check) {
      const expected = `the last ordinate ${check} again as a check expected`;
      throw problem('DATA_INVALID', file, line, expected, `${values[0]}`, 'The line before is damaged.');
    }
    const isCheck = check !== undefined;
    starts.push({ line, x, index: isCheck ? y.length - 1 : y.length });
    for (const value of isCheck ? values.slice(1) : values) y.push(value);
    check = endsInDifference ? values.at(-1) : undefined;
    if (y.length > MAX_POINTS)
      throw problem(
        'DATA_TOO_LARGE',
        file,
        line,
        `at most ${MAX_POINTS} points expected`,
        'more',
        'Split the file.',
      );
  }
  const count = header.count(y.length);
  if (y.length !== count || count === 0) throw wrongCount(data, file, count, y.length);
  const [first, last] = [header.number('FIRSTX'), header.number('LASTX')];
  const step = count === 1 ? 0 : (last - first) / (count - 1);
  const xFactor = header.number('XFACTOR', 1);
  for (const { line, x, index } of starts) {
    const [expected, got] = [first + index * step, x * xFactor];
    // Abscissas of lines are rounded; a line that is lost moves them by many steps.
    if (Math.abs(got - expected) > 1.5 * Math.abs(step) + 1e-6 * Math.abs(expected)) {
      const number = Number(expected.toPrecision(8));
      throw problem(
        'DATA_INVALID',
        file,
        line,
        `the abscissa ${number} expected`,
        `${got}`,
        'Points are missing before this line.',
      );
    }
  }
  const yFactor = header.number('YFACTOR', 1);
  return {
    x: Float64Array.from({ length: count }, (_, k) => first + k * step),
    y: Float64Array.from(y, (value) => value * yFactor),
  };
}

/** `(XY..XY)`: pairs of plain numbers. */
function pairs(data: LabelledRecord, header: Header): Pick<JcampSpectrum, 'x' | 'y'> {
  const { file } = header;
  const numbers: number[] = [];
  for (const [k, text] of data.lines.entries()) {
    for (const token of text.split(/[\s,;]+/)) {
      if (token === '') continue;
      const value = Number(token);
      if (!Number.isFinite(value)) {
        throw problem(
          'DATA_INVALID',
          file,
          data.line + 1 + k,
          'pairs of numbers expected',
          excerpt(token),
          'Download the file again.',
        );
      }
      numbers.push(value);
    }
  }
  const count = header.count(Math.floor(numbers.length / 2));
  if (numbers.length !== 2 * count || count === 0) throw wrongCount(data, file, count, numbers.length / 2);
  const [xFactor, yFactor] = [header.number('XFACTOR', 1), header.number('YFACTOR', 1)];
  return {
    x: Float64Array.from({ length: count }, (_, k) => numbers[2 * k]! * xFactor),
    y: Float64Array.from({ length: count }, (_, k) => numbers[2 * k + 1]! * yFactor),
  };
}

function wrongCount(data: LabelledRecord, file: string, count: number, found: number): FormatError {
  const code = found < count ? 'DATA_TRUNCATED' : 'DATA_INVALID';
  const expected = `${Math.max(1, count)} points as ##NPOINTS= says expected`;
  return problem(code, file, data.line, expected, `${found}`, 'Download the file again.');
}

function problem(
  code: FormatError['code'],
  file: string,
  line: number | undefined,
  expected: string,
  got: string,
  remedy: string,
): FormatError {
  return new FormatError(code, { file, line }, { expected, got, remedy });
}

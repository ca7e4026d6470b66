import { excerpt, FormatError } from '../../formats/format-error';

/** One labelled data record: `##LABEL=value`, with the lines that follow. */
export interface LabelledRecord {
  /** Capitals and digits only: `DATATYPE` for `##Data Type=`; private labels keep their `$`, specific ones their dot. */
  readonly label: string;
  /** Text behind `=` on the same line. */
  readonly value: string;
  /** Following lines. */
  readonly lines: readonly string[];
  /** Of the label, from 1. */
  readonly line: number;
}

/**
 * The records of a JCAMP-DX text; comments (`$$` to the end of the line) are left out.
 *
 * @throws FormatError `DATA_INVALID` where the text begins with anything else
 */
export function labelledRecords(text: string, file: string): LabelledRecord[] {
  const records: { label: string; value: string; lines: string[]; line: number }[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.replace(/\$\$.*$/, '').trimEnd();
    const label = /^\s*##([^=]*)=(.*)$/.exec(line);
    if (label !== null) {
      records.push({ label: normalised(label[1]!), value: label[2]!.trim(), lines: [], line: index + 1 });
    } else if (records.length > 0) records.at(-1)!.lines.push(line);
    else if (line.trim() !== '') {
      throw new FormatError(
        'DATA_INVALID',
        { file, line: index + 1 },
        {
          expected: '##TITLE= of a JCAMP-DX file expected',
          got: excerpt(line),
          remedy: 'Check that it is one.',
        },
      );
    }
  }
  return records;
}

function normalised(label: string): string {
  return label.toUpperCase().replace(/[\s\-/_\\]/g, '');
}

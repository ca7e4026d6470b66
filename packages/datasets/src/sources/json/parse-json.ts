import { FormatError } from '../../formats/format-error';

/** JSON text of an untrusted file; an early end is told apart from text that is no JSON. */
export function parseJsonText(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const cut =
      !/[\]}"\w]\s*$/.test(text.slice(-100)) || /end of JSON|unterminated/i.test((cause as Error).message);
    throw new FormatError(
      cut ? 'DATA_TRUNCATED' : 'DATA_INVALID',
      { file },
      {
        expected: 'JSON expected',
        got: cut ? 'text that stops' : `text that does not parse (${(cause as Error).message.slice(0, 120)})`,
        remedy: 'Download the file again.',
      },
      { cause },
    );
  }
}

import { FormatError } from '../format-error';
import { JsonValue } from './json-value';

/** Untrusted JSON. @throws FormatError `DATA_TRUNCATED` where it stops, `DATA_INVALID` where it does not parse */
export function parseJson(text: string, file: string): JsonValue {
  try {
    return new JsonValue(file, '', JSON.parse(text));
  } catch (cause) {
    const cut = !/[\]}]\s*$/.test(text.slice(-100));
    throw new FormatError(
      cut ? 'DATA_TRUNCATED' : 'DATA_INVALID',
      { file },
      {
        expected: 'JSON expected',
        got: cut ? 'text that stops' : `text that does not parse (${(cause as Error).message.slice(0, 120)})`,
        remedy: 'Write the file with Structure.as_dict() and json.dump.',
      },
      { cause },
    );
  }
}

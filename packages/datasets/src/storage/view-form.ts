import { DataError } from '../data-error';

/** How a view is stored: numbers of one length, a text, or named parts that are numbers of one length or whole numbers. */
export type ViewForm =
  | { readonly kind: 'array'; readonly length: number }
  | { readonly kind: 'text' }
  | { readonly kind: 'parts'; readonly parts: Readonly<Record<string, 'integer' | number>> };

/** Names that are also names of columns and tensors. */
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/**
 * The form of a view's value: `Float32Array`, text, or an object of `Float32Array`s and whole numbers.
 *
 * @param where names the record and the view in messages
 * @throws DataError `DATA_INVALID`
 */
export function formOfView(name: string, value: unknown, where: string): ViewForm {
  if (!NAME.test(name)) throw invalid(where, 'a name of letters, digits and _', name);
  if (typeof value === 'string') return { kind: 'text' };
  if (value instanceof Float32Array) return { kind: 'array', length: value.length };
  if (typeof value !== 'object' || value === null)
    throw invalid(where, 'numbers, a text or parts', typeof value);
  const parts: Record<string, 'integer' | number> = {};
  for (const [part, of] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!NAME.test(part)) throw invalid(where, 'parts named by letters, digits and _', part);
    if (of instanceof Float32Array) parts[part] = of.length;
    else if (Number.isInteger(of) && Math.abs(of as number) < 2 ** 31) parts[part] = 'integer';
    else
      throw invalid(
        `${where}.${part}`,
        'a Float32Array or a whole number',
        JSON.stringify(of)?.slice(0, 40) ?? 'nothing',
      );
  }
  return { kind: 'parts', parts };
}

/** The one form of a view in all records. @throws DataError `DATA_INVALID` where two differ */
export function sameForm(known: ViewForm | undefined, form: ViewForm, where: string): ViewForm {
  if (known === undefined || formText(known) === formText(form)) return form;
  throw invalid(where, `${formText(known)}, as in the records before,`, formText(form));
}

/** A form for people: `66 numbers`, `text`, `metric: 6 numbers, size: integer`. */
export function formText(form: ViewForm): string {
  if (form.kind === 'text') return 'text';
  if (form.kind === 'array') return `${form.length} numbers`;
  return Object.entries(form.parts)
    .map(([part, of]) => `${part}: ${of === 'integer' ? of : `${of} numbers`}`)
    .join(', ');
}

function invalid(where: string, expected: string, got: string): DataError {
  return new DataError(
    'DATA_INVALID',
    where,
    `${expected} expected, got ${got}. Give every record the same form: resample, or crop.`,
  );
}

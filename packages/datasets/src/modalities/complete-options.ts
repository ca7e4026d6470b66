import { DataError } from '../data-error';
import type { JsonFields, JsonValue, Modality } from './modality';

/**
 * The options of a modality with its defaults where they are left out: what to store in a checkpoint and hand to `prepare`.
 *
 * Names and kinds are checked here (a number for a number, a list for a list); ranges where the options are used.
 *
 * @param given from a config or a checkpoint
 * @param where names it in errors
 * @throws {DataError} `DATA_INVALID` for a name that the modality does not have, and a value of another kind
 *
 * @example
 * ```ts
 * completeOptions(electronicDosModality, { per: 'atom' }, 'config.yaml'); // { count: 200, firstEv: -9.95, …, per: 'atom' }
 * ```
 */
export function completeOptions<Options extends JsonFields<Options>>(
  { name, defaults }: Pick<Modality<never, Options, never>, 'name' | 'defaults'>,
  given: Readonly<Record<string, unknown>>,
  where: string,
): Options {
  const expected: Readonly<Record<string, JsonValue>> = defaults;
  for (const [field, value] of Object.entries(given)) {
    const model = Object.hasOwn(expected, field) ? expected[field] : undefined;
    if (model === undefined) {
      throw new DataError(
        'DATA_INVALID',
        where,
        `${name}.${field}: one of ${Object.keys(expected).join(', ')} expected, got ${field}. Check the spelling.`,
      );
    }
    if (model !== null && value !== null && kindOf(value) !== kindOf(model)) {
      throw new DataError(
        'DATA_INVALID',
        where,
        `${name}.${field}: ${kindOf(model)} expected, got ${JSON.stringify(value)?.slice(0, 60)}. Write it as in ${JSON.stringify(model).slice(0, 60)}.`,
      );
    }
  }
  return { ...defaults, ...given };
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (Number.isNaN(value)) return 'NaN';
  return value === null ? 'null' : `a ${typeof value}`;
}

import { expect } from 'vitest';

/** What a comment behind a statement says of its value, as an expectation; `null` where it says nothing that can be checked. */
export function statedResult(comment: string): ((value: unknown) => void) | null {
  const says = comment.replace(/^\/\/\s*/, '');
  for (const kind of [text, array, numbers, number, object]) {
    const found = kind(says);
    if (found) return found;
  }
  return null;
}

type Stated = ((value: unknown) => void) | null;

/** `'NaCl'`, or `'NaCl is …'` for how it begins. */
function text(says: string): Stated {
  const found = /^'([^'…]*)(…[^']*)?'(?=$|[,:;. ])/.exec(says);
  if (!found) return null;
  const [, whole, more] = found;
  return (value) => expect(more ? String(value).slice(0, whole!.length) : value).toBe(whole);
}

/** `Float32Array(66)`. */
function array(says: string): Stated {
  const found = /^([A-Z]\w+Array)\((\d+)\)/.exec(says);
  if (!found) return null;
  return (value) =>
    expect([(value as object).constructor.name, (value as ArrayLike<number>).length]).toEqual([
      found[1],
      Number(found[2]),
    ]);
}

/** `[0, 8, 16]`. */
function numbers(says: string): Stated {
  const found = /^\[(-?[\d.]+(?:, -?[\d.]+)*)\](?=$|[,:])/.exec(says);
  if (!found) return null;
  return (value) => expect(Array.from(value as ArrayLike<number>)).toEqual(found[1]!.split(', ').map(Number));
}

/** `12`, `1.748` to the decimals that it shows, `2 / 3`, or `45 numbers` of an array. */
function number(says: string): Stated {
  const found = /^(-?\d+(?:\.(\d+))?)(?: \/ (\d+))?(?=$|[,:] | [a-z])/.exec(says);
  if (!found) return null;
  const [, digits, decimals = '', denominator] = found;
  return (value) => {
    if (typeof value === 'object') expect(value).toHaveLength(Number(digits));
    else if (denominator) expect(value).toBeCloseTo(Number(digits) / Number(denominator), 12);
    else if (decimals) expect(Number(value).toFixed(decimals.length)).toBe(digits);
    else expect(value).toBe(Number(digits));
  };
}

/** `{ numerator: 10n, denominator: 1n }`. */
function object(says: string): Stated {
  const found = /^\{ (\w+: -?\d+n?(?:, \w+: -?\d+n?)*) \}/.exec(says);
  if (!found) return null;
  const expected = Object.fromEntries(
    found[1]!.split(', ').map((entry) => {
      const [name, value] = entry.split(': ') as [string, string];
      return [name, value.endsWith('n') ? BigInt(value.slice(0, -1)) : Number(value)];
    }),
  );
  return (value) => expect(value).toMatchObject(expected);
}

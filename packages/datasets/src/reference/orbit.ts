/** Values of the free Wyckoff parameters by name. */
export type FreeParameters = ReadonlyMap<string, number>;

const TERM = /([+-]?)(\d+\/\d+|\d+)?([a-z]\d?)?/y;

/**
 * Value of one coordinate of a triplet, a sum of fractions and multiples of free parameters: `-x+1/2`, `2x`, `3/4`.
 *
 * @throws RangeError where the text is not such a sum or names a parameter that has no value
 */
export function evaluateCoordinate(text: string, parameters: FreeParameters): number {
  let sum = 0;
  TERM.lastIndex = 0;
  do {
    const start = TERM.lastIndex;
    const [matched, sign, factor, name] = TERM.exec(text) ?? [''];
    if (matched === '' || (factor === undefined && name === undefined)) {
      throw new RangeError(`orbit: a sum such as "-x+1/2" expected, got "${text}" (stopped at ${start}).`);
    }
    const value = name === undefined ? 1 : parameters.get(name);
    if (value === undefined)
      throw new RangeError(`orbit: a value for "${name}" expected in "${text}", got none.`);
    const [numerator, denominator] = (factor ?? '1').split('/').map(Number) as [number, number?];
    sum += (sign === '-' ? -1 : 1) * (numerator / (denominator ?? 1)) * value;
  } while (TERM.lastIndex < text.length);
  return sum;
}

/** [3 m] coordinates of the m triplets of one orbit. */
export function evaluateOrbit(orbit: readonly string[], parameters: FreeParameters): number[] {
  return orbit.flatMap((triplet) => triplet.split(',').map((text) => evaluateCoordinate(text, parameters)));
}

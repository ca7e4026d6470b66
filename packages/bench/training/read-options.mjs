import { parseArgs } from 'node:util';

/**
 * Reads `--name value` options of a script. A number as default makes a count, `null` a count that may be left out, a string
 * a string.
 *
 * @param {Record<string, number | string | null>} defaults
 * @param {readonly string[]} args
 * @returns {Record<string, any>} the options; without a value where one that may be left out is
 */
export function readOptions(defaults, args = process.argv.slice(2)) {
  const names = Object.keys(defaults);
  const { values } = parseArgs({
    args,
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  });
  return Object.fromEntries(
    names.flatMap((name) => {
      const given = values[name];
      if (given === undefined) return defaults[name] === null ? [] : [[name, defaults[name]]];
      return [[name, typeof defaults[name] === 'string' ? given : count(name, given)]];
    }),
  );
}

function count(name, given) {
  const number = Number(given);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new Error(`--${name} must be a whole number, got "${given}".`);
}

import { parseArgs } from 'node:util';

/**
 * Reads `--name value` options of a script; `cpuMinutes` is `--cpu-minutes`. The default says what an option is: a number makes a
 * count, `null` a count that may be left out, `{ real: x }` a real number, a string a string, `false` a switch.
 *
 * @param {Record<string, number | string | null | false | { real: number }>} defaults
 * @param {readonly string[]} args
 * @returns {Record<string, any>} the options; without a value where one that may be left out is
 */
export function readOptions(defaults, args = process.argv.slice(2)) {
  const names = Object.keys(defaults);
  const { values } = parseArgs({
    args,
    options: Object.fromEntries(
      names.map((name) => [optionName(name), { type: defaults[name] === false ? 'boolean' : 'string' }]),
    ),
  });
  return Object.fromEntries(
    names.flatMap((name) => {
      const [given, byDefault] = [values[optionName(name)], defaults[name]];
      if (given !== undefined) return [[name, parsed(optionName(name), given, byDefault)]];
      return byDefault === null ? [] : [[name, byDefault?.real ?? byDefault]];
    }),
  );
}

/** An option as it is written, `cpu-minutes` for `cpuMinutes`. */
export function optionName(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function parsed(name, given, byDefault) {
  if (typeof byDefault === 'string' || byDefault === false) return given;
  const number = given.trim() === '' ? Number.NaN : Number(given);
  const real = byDefault !== null && typeof byDefault === 'object';
  if (number >= 0 && (real ? Number.isFinite(number) : Number.isSafeInteger(number))) return number;
  throw new Error(`--${name} must be a ${real ? 'number of at least 0' : 'whole number'}, got "${given}".`);
}

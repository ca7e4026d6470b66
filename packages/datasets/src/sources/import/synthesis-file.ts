import { isObject, type JsonObject, mismatch, valueAt } from '../json/json-object';
import { type SourceRecord, sourceItem } from '../source-record';
import type { ImportKind } from './import-kind';
import { jsonFileMembers } from './json-file';
import { recordName } from './record-name';

/**
 * Text-mined syntheses (Kononova et al.): the JSON of the release, a list of reactions alone or under `reactions`; unpack `.xz` first.
 *
 * Texts: `procedure` (the steps in English, made of the mined operations), `doi`, `reaction`, `precursors`, `synthesisType`, `targetId`
 * (of the Materials Project). Scalars: `maxTemperatureCelsius` and `totalHours` of heating, where mined. Paragraphs of publishers are left out.
 */
export const synthesisFile: ImportKind = {
  summary: 'text-mined syntheses: the unpacked JSON of the release',
  title: 'Text-mined inorganic syntheses',
  licence: 'cc-by-4.0',
  citations: [
    'Kononova et al., Scientific Data 6, 203 (2019), doi:10.1038/s41597-019-0224-1',
    'Huo et al., npj Computational Materials 5, 62 (2019), doi:10.1038/s41524-019-0204-1',
  ],
  async *read(path) {
    const name = recordName(path);
    let count = 0;
    for await (const { key, index, value } of jsonFileMembers(path)) {
      if (index === null || (key !== null && key !== 'reactions')) continue;
      const id = `${name}-${count++}`;
      yield sourceItem(id, () => synthesisRecord(value, id, `${path} ${id}`));
    }
  },
};

function synthesisRecord(value: unknown, id: string, where: string): SourceRecord {
  const formula = valueAt(value, 'target.material_formula');
  if (!isObject(value) || typeof formula !== 'string')
    throw mismatch(where, 'a target with material_formula expected', value);
  const operations = objectsOf(value.operations);
  const precursors = objectsOf(value.precursors).map(({ material_formula: name }) => String(name));
  const temperatures = operations.flatMap((step) => quantities(step, 'heating_temperature', celsius));
  const hours = operations.flatMap((step) => quantities(step, 'heating_time', hoursOf).slice(0, 1));
  const words: readonly (readonly [string, unknown])[] = [
    ['procedure', operations.map(sentence).join(' ')],
    ['doi', value.doi],
    ['reaction', value.reaction_string],
    ['precursors', precursors.join(', ')],
    ['synthesisType', value.synthesis_type],
    ['targetId', valueAt(value, 'target.mp_id')],
  ];
  const texts = words.filter(
    (entry): entry is readonly [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  );
  return {
    id,
    formula,
    scalars: {
      ...(temperatures.length === 0 ? {} : { maxTemperatureCelsius: Math.max(...temperatures) }),
      ...(hours.length === 0 ? {} : { totalHours: hours.reduce((sum, time) => sum + time, 0) }),
    },
    texts: Object.fromEntries(texts),
    arrays: {},
  };
}

/** `Heated at 1200 C for 12 h in O2.` */
function sentence(step: JsonObject): string {
  const token = typeof step.token === 'string' ? step.token : String(step.type ?? 'step');
  const parts = [token.slice(0, 1).toUpperCase() + token.slice(1)];
  const written = (name: string, word: string): void => {
    const found = objectsOf(valueAt(step, `conditions.${name}`))[0];
    const number = found?.max_value ?? valueAt(found, 'values.0');
    if (typeof number === 'number')
      parts.push(`${word} ${number} ${typeof found?.units === 'string' ? found.units : ''}`.trim());
  };
  written('heating_temperature', 'at');
  written('heating_time', 'for');
  const around = valueAt(step, 'conditions.heating_atmosphere');
  const gases = (Array.isArray(around) ? around : [around]).filter(
    (gas) => typeof gas === 'string' && gas !== '',
  );
  if (gases.length > 0) parts.push(`in ${gases.join(', ')}`);
  const media = valueAt(step, 'conditions.mixing_media');
  const solvents = (Array.isArray(media) ? media : [media]).filter(
    (name) => typeof name === 'string' && name !== '',
  );
  if (solvents.length > 0) parts.push(`with ${solvents.join(', ')}`);
  return `${parts.join(' ')}.`;
}

/** Largest values of a mined quantity in one unit; values in a unit that is not known are left out. */
function quantities(
  step: JsonObject,
  name: string,
  convert: (value: number, unit: string) => number | undefined,
): number[] {
  return objectsOf(valueAt(step, `conditions.${name}`)).flatMap(({ max_value: value, units }) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || typeof units !== 'string') return [];
    const converted = convert(value, units);
    return converted === undefined ? [] : [converted];
  });
}

function celsius(value: number, unit: string): number | undefined {
  const scale = unit.replace(/[°º˚\s]/g, '').toUpperCase();
  if (scale === 'C') return value;
  return scale === 'K' ? value - 273.15 : undefined;
}

const HOURS: readonly (readonly [RegExp, number])[] = [
  [/^(h|hr|hrs|hour|hours)$/, 1],
  [/^(min|mins|minute|minutes)$/, 1 / 60],
  [/^(s|sec|second|seconds)$/, 1 / 3600],
  [/^(d|day|days)$/, 24],
  [/^(week|weeks)$/, 168],
];

function hoursOf(value: number, unit: string): number | undefined {
  const found = HOURS.find(([pattern]) => pattern.test(unit.trim().toLowerCase()));
  return found && value * found[1];
}

/** The objects of a list; an object alone counts as a list of one. */
function objectsOf(value: unknown): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

import { DataError } from '../../data-error';
import type { JsonLine } from '../../readers/json-lines';
import { numbersField, objectField, stringField } from '../../readers/record-fields';
import { createStructure } from '../../structure/create-structure';
import type { SpeciesInput } from '../../structure/site-occupations';
import type { Structure } from '../../structure/structure';
import type { SourceArray, SourceRecord } from '../source-record';

/** A record as one line of JSON: structures as plain numbers, arrays as base64 of little-endian floats. */
export function recordToJson({ id, formula, structure, scalars, texts, arrays }: SourceRecord): string {
  return JSON.stringify({
    id,
    ...(formula === undefined ? {} : { formula }),
    ...(structure === undefined ? {} : { structure: structureToJson(structure) }),
    scalars,
    texts,
    arrays: Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, arrayToJson(array)])),
  });
}

/**
 * The record of a line.
 *
 * @throws DataError `DATA_INVALID`, StructureError; both name file and line
 */
export function recordOfJson(line: JsonLine): SourceRecord {
  const { value, where } = line;
  const arrays = objectField(line, 'arrays');
  return {
    id: stringField(line, 'id'),
    ...(value.formula === undefined ? {} : { formula: stringField(line, 'formula') }),
    ...(value.structure === undefined ? {} : { structure: structureOfJson(objectField(line, 'structure')) }),
    scalars: valuesOf(
      objectField(line, 'scalars'),
      (item): item is number => Number.isFinite(item),
      'numbers',
    ),
    texts: valuesOf(
      objectField(line, 'texts'),
      (item): item is string => typeof item === 'string',
      'strings',
    ),
    arrays: Object.fromEntries(
      Object.keys(arrays.value).map((name) => [
        name,
        arrayOfJson(objectField(arrays, name), `${where} ${name}`),
      ]),
    ),
  };
}

function structureToJson({ latticeAngstrom, fracCoords, atomicNumbers, occupations }: Structure): object {
  const sites = { lattice: Array.from(latticeAngstrom), frac: Array.from(fracCoords) };
  if (occupations === null) return { ...sites, z: Array.from(atomicNumbers) };
  const { offsets, atomicNumbers: z, occupancies } = occupations;
  return { ...sites, offsets: Array.from(offsets), z: Array.from(z), occupancies: Array.from(occupancies) };
}

function structureOfJson(line: JsonLine): Structure {
  const latticeAngstrom = numbersField(line, 'lattice', 9);
  const z = numbersField(line, 'z');
  const fracCoords = numbersField(line, 'frac');
  if (line.value.offsets === undefined) {
    return createStructure({ latticeAngstrom, fracCoords, atomicNumbers: z }, line.where);
  }
  const offsets = numbersField(line, 'offsets', fracCoords.length / 3 + 1);
  const occupancies = numbersField(line, 'occupancies', z.length);
  const species = offsets
    .slice(0, -1)
    .map((start, site): SpeciesInput[] =>
      z
        .slice(start, offsets[site + 1])
        .map((element, k) => ({ element, occupancy: occupancies[start + k]! })),
    );
  return createStructure({ latticeAngstrom, fracCoords, species }, line.where);
}

function arrayToJson({ shape, data }: SourceArray): object {
  const dtype = data instanceof Float32Array ? 'f32' : 'f64';
  return {
    shape,
    dtype,
    data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
  };
}

function arrayOfJson(line: JsonLine, where: string): SourceArray {
  const shape = numbersField(line, 'shape');
  const bytes = Buffer.from(stringField(line, 'data'), 'base64');
  const itemBytes = line.value.dtype === 'f32' ? 4 : 8;
  const count = shape.reduce((product, size) => product * size, 1);
  const fits = shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!fits || count * itemBytes !== bytes.length) {
    throw new DataError(
      'DATA_INVALID',
      where,
      `${count} numbers of shape [${shape.join(', ')}] expected, got ${bytes.length} bytes. Write the set again.`,
    );
  }
  const buffer = Uint8Array.from(bytes).buffer;
  return { shape, data: itemBytes === 4 ? new Float32Array(buffer) : new Float64Array(buffer) };
}

function valuesOf<T>(
  { value, where }: JsonLine,
  fits: (item: unknown) => item is T,
  what: string,
): Readonly<Record<string, T>> {
  for (const [name, item] of Object.entries(value)) {
    if (fits(item)) continue;
    const got = JSON.stringify(item).slice(0, 60);
    throw new DataError(
      'DATA_INVALID',
      where,
      `${what} expected, got ${got} as "${name}". Write the set again.`,
    );
  }
  return value as Readonly<Record<string, T>>;
}

import { join } from 'node:path';
import { DataError } from '../data-error';
import type { CrystalRecord, MaterialViews, Split } from '../material-record';
import { chenHardnessGPa, tianHardnessGPa } from '../mechanics/vickers-hardness';
import { PHONON_DOS_BINS } from '../modalities/phonon-dos';
import type { Structure } from '../structure/structure';
import { compactStructure } from './compact-structure';
import { type JsonLine, readJsonLines } from './json-lines';
import { mpCrystalLines } from './mp-crystals';
import { readNpy } from './npy';
import { indexField, numericFields, objectField, stringField, wordField } from './record-fields';
import { readRobocrysText } from './robocrys-text';

/**
 * How sure it is that spectrum and structure belong together. `A`: joined to a Materials Project structure by formula and
 * formation energy (99 % right where it can be checked); `exact`: the JARVIS structure itself; `A+exact`: either, the
 * exact structure where both exist.
 */
export type JarvisTier = 'A' | 'exact' | 'A+exact';

/** Which part of the JARVIS phonon set to read. */
export interface JarvisPhdosOptions {
  readonly tier: JarvisTier;
  /** Keep only this official split; all three by default. */
  readonly split?: Split;
  /** Leave out materials whose Materials Project crystal is in these parts of mp-crystals, so that a model aligned on the rest may be tested there. */
  readonly exceptMp?: readonly Split[];
  /**
   * Also the view `description` of tier A, from `<root>/robocrys-text`: all of val and test, 1,312 of train. It describes the Materials
   * Project cell.
   */
  readonly descriptions?: boolean;
  /** Keep only the first so many records. */
  readonly limit?: number;
}

const JARVIS_FOLDER = 'jarvis-phdos';
/** Words that the set writes for its official split. */
export const JARVIS_SPLITS = ['train', 'val', 'test'] as const;
const SPECTRA_FILE = 'phdos_14243x66_u16.npy.gz';
const MP_PARTS = ['train', 'val', 'test', 'rest'] as const;
const UINT16_MAX = 65_535;

/**
 * JARVIS phonon densities of states (computed, OptB88vdW) with their crystal structures and the official split, from
 * `<root>/jarvis-phdos` and, for tier A, `<root>/mp-crystals`.
 *
 * Tier A holds 2,614 / 332 / 301 materials for train / val / test. `id` is the JARVIS id; scalars carry JARVIS names and
 * units (`bulk_modulus_kv` GPa, …), and `vickersHardnessChenGPa` and `vickersHardnessTianGPa` follow from the moduli. Order: row of the source.
 *
 * @param root folder that holds `jarvis-phdos/` and `mp-crystals/`
 * @throws DataError, StructureError; both name file and line
 * @example
 * ```ts no-run
 * const records = await readJarvisPhdos('../shared/data', { tier: 'A' });
 * ```
 */
export async function readJarvisPhdos(root: string, options: JarvisPhdosOptions): Promise<CrystalRecord[]> {
  const path = jarvisMaterialsFile(root);
  const left = await mpIdsOf(root, options.exceptMp ?? []);
  const lines: JsonLine[] = [];
  for await (const line of readJsonLines(path)) {
    if (lines.length === options.limit) break;
    const split = wordField(line, 'split', JARVIS_SPLITS);
    const wanted = belongsTo(line, options.tier) && (options.split === undefined || split === options.split);
    if (wanted && !left.has(String(line.value.mp_id))) lines.push(line);
  }
  const wanted = new Set(
    lines.filter(needsMpStructure(options.tier)).map((line) => stringField(line, 'mp_id')),
  );
  const mpStructures = await findMpStructures(root, wanted);
  const spectra = await readPhononSpectra(root);
  const texts = options.descriptions ? await readRobocrysText(root) : [];
  const textOf = new Map(texts.map(({ id, text }) => [id, text]));
  return lines.map((line) => {
    const structure = needsMpStructure(options.tier)(line)
      ? mpStructures.get(stringField(line, 'mp_id'))
      : compactStructure(objectField(line, 'structure'));
    if (structure === undefined) {
      throw new DataError(
        'DATA_INVALID',
        line.where,
        `"mp_id" must be a crystal of ${join(root, 'mp-crystals')}, got ${stringField(line, 'mp_id')}. Use files of the same release.`,
      );
    }
    const description = belongsTo(line, 'A') ? textOf.get(stringField(line, 'mp_id')) : undefined;
    return toRecord(line, structure, {
      phononDos: spectra(line),
      ...(description === undefined ? {} : { description }),
    });
  });
}

/** File with a line for each spectrum. */
export function jarvisMaterialsFile(root: string): string {
  return join(root, JARVIS_FOLDER, 'materials.jsonl.gz');
}

/** Whether the structure of a line is as sure as a tier asks. */
export function belongsTo({ value }: JsonLine, tier: JarvisTier): boolean {
  const isA = value.mp_tier === 'A';
  const isExact = value.join === 'exact';
  return (tier !== 'exact' && isA) || (tier !== 'A' && isExact);
}

function needsMpStructure(tier: JarvisTier): (line: JsonLine) => boolean {
  return ({ value }) => tier === 'A' || value.join !== 'exact';
}

function toRecord(line: JsonLine, structure: Structure, views: MaterialViews): CrystalRecord {
  return {
    id: stringField(line, 'jid'),
    formula: stringField(line, 'formula'),
    structure,
    split: wordField(line, 'split', JARVIS_SPLITS),
    views,
    scalars: withHardness({ ...numericFields(objectField(line, 'p')), ...numericFields(line, ['Tc']) }),
  };
}

/** Adds Vickers hardness by two formulas where both moduli are positive; some relaxations failed. */
function withHardness(scalars: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const { bulk_modulus_kv: bulk = 0, shear_modulus_gv: shear = 0 } = scalars;
  if (!(bulk > 0 && shear > 0)) return scalars;
  return {
    ...scalars,
    vickersHardnessChenGPa: chenHardnessGPa(bulk, shear),
    vickersHardnessTianGPa: tianHardnessGPa(bulk, shear),
  };
}

/** Ids of the crystals in these parts of mp-crystals. */
export async function mpIdsOf(root: string, parts: readonly Split[]): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const part of parts) {
    for await (const line of mpCrystalLines(root, part)) ids.add(stringField(line, 'id'));
  }
  return ids;
}

/** The structures of these Materials Project ids, as far as they are in `<root>/mp-crystals`. */
export async function findMpStructures(
  root: string,
  wanted: ReadonlySet<string>,
): Promise<Map<string, Structure>> {
  const found = new Map<string, Structure>();
  for (const part of MP_PARTS) {
    if (found.size === wanted.size) break;
    for await (const line of mpCrystalLines(root, part)) {
      const id = stringField(line, 'id');
      if (wanted.has(id)) found.set(id, compactStructure(line));
    }
  }
  return found;
}

/** The spectrum of a line, by its row. */
export async function readPhononSpectra(root: string): Promise<(line: JsonLine) => Float32Array> {
  const path = join(root, JARVIS_FOLDER, SPECTRA_FILE);
  const { dtype, shape, data } = await readNpy(path);
  const bins = PHONON_DOS_BINS.count;
  if (dtype !== 'uint16' || shape.length !== 2 || shape[1] !== bins) {
    throw new DataError(
      'DATA_INVALID',
      path,
      `uint16 [rows, ${bins}] expected, got ${dtype} [${shape.join(', ')}]. Use the file of this release.`,
    );
  }
  return (line) => {
    const row = indexField(line, 'i');
    if (row >= shape[0]!) {
      throw new DataError(
        'DATA_INVALID',
        line.where,
        `"i" must be a row of ${path} (${shape[0]} rows), got ${row}. Use files of the same release.`,
      );
    }
    return Float32Array.from(data.subarray(row * bins, (row + 1) * bins), (value) => value / UINT16_MAX);
  };
}

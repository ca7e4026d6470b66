import type { MaterialRecord, MaterialViews } from '../../material-record';
import { densityGridModality } from '../../modalities/density-grid';
import { electronicDosModality } from '../../modalities/electronic-dos';
import type { ViewOptions } from '../../modalities/view-options';
import { reducedFormula } from '../../structure/composition';
import type { Structure } from '../../structure/structure';
import { type RefusedRecord, refusedRecord, type SourceArray, type SourceRecord } from '../source-record';
import { readSet } from './read-set';

/** A record of a set as a material; `labels` are its words that are no view. */
export interface SetMaterial extends MaterialRecord {
  readonly labels: Readonly<Record<string, string>>;
}

/** A material of a set, or why a record cannot be one. */
export type SetItem = { readonly record: SetMaterial } | { readonly refused: RefusedRecord };

/**
 * The materials of a set that `bravais data fetch` or `import` wrote, to build a data set from.
 *
 * Views: `electronicDos` of the arrays `dosEnergyEv` (from the Fermi level), `dosUp` and `dosDown`; `densityGrid` of the array
 * `chargeDensity` (electron/Å³) where there is a structure; `description` of the text of that name, else of `procedure`. All are made with
 * the modality's defaults. Other texts become labels, scalars stay. All are of the split `train`. A record whose spectrum or density is no
 * such thing is refused.
 *
 * @param folder of the set
 * @throws DataError where the set cannot be read
 * @example
 * ```ts no-run
 * await buildDataset('sets/oqmd', { items: setMaterials('data/oqmd') }, { origin: { name: 'oqmd' } });
 * ```
 */
export async function* setMaterials(folder: string): AsyncGenerator<SetItem, void, undefined> {
  for await (const record of readSet(folder)) {
    let item: SetItem;
    try {
      item = { record: materialOf(record) };
    } catch (error) {
      item = { refused: refusedRecord(record.id, error) };
    }
    yield item;
  }
}

/** How {@link setMaterials} makes the views of a set with these arrays. */
export function setViewOptions(arrays: readonly string[]): ViewOptions {
  return {
    ...(arrays.includes('dosUp') ? { electronicDos: electronicDosModality.defaults } : {}),
    ...(arrays.includes('chargeDensity') ? { densityGrid: densityGridModality.defaults } : {}),
  };
}

function materialOf({ id, formula, structure, scalars, texts, arrays }: SourceRecord): SetMaterial {
  const spoken = texts.description === undefined ? 'procedure' : 'description';
  const { [spoken]: description, ...labels } = texts;
  return {
    id,
    formula: formula ?? (structure === undefined ? '' : reducedFormula(structure)),
    ...(structure === undefined ? {} : { structure }),
    split: 'train',
    views: {
      ...electronicDosView(arrays, id),
      ...(structure === undefined ? {} : densityGridView(arrays, structure, id)),
      ...(description === undefined ? {} : { description }),
    },
    scalars,
    labels,
  };
}

function electronicDosView(arrays: SourceRecord['arrays'], id: string): Pick<MaterialViews, 'electronicDos'> {
  const { dosEnergyEv, dosUp, dosDown } = arrays;
  if (dosEnergyEv === undefined || dosUp === undefined) return {};
  const spins = dosDown === undefined ? [dosUp] : [dosUp, dosDown];
  const dos = {
    energiesEv: Float64Array.from(dosEnergyEv.data),
    fermiEv: 0,
    total: spins.map(({ data }) => Float64Array.from(data)),
  };
  const { view } = electronicDosModality.prepare({ dos }, electronicDosModality.defaults, `${id} dos`);
  return { electronicDos: view };
}

function densityGridView(
  { chargeDensity }: SourceRecord['arrays'],
  structure: Structure,
  id: string,
): Pick<MaterialViews, 'densityGrid'> {
  if (chargeDensity?.shape.length !== 3) return {};
  const { view } = densityGridModality.prepare(
    {
      structure,
      shape: chargeDensity.shape as [number, number, number],
      channels: { total: firstAxisFastest(chargeDensity) },
      unit: 'electron/Å³',
    },
    densityGridModality.defaults,
    `${id} chargeDensity`,
  );
  return { densityGrid: view };
}

/** The values of a grid [a, b, c] with a running fastest. */
function firstAxisFastest({ shape, data }: SourceArray): Float64Array {
  const [na, nb, nc] = shape as [number, number, number];
  const turned = new Float64Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const k = at % nc;
    const j = Math.floor(at / nc) % nb;
    const i = Math.floor(at / (nb * nc));
    turned[i + na * (j + nb * k)] = data[at]!;
  }
  return turned;
}

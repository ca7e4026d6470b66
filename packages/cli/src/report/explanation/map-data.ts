import type { ExplanationReport } from '@bravais/trainer';
import type { EmbeddingMaps } from '../../explanation/embedding-maps';
import { formatScore } from '../../output/format-number';
import { CHEMICAL_FAMILIES, chemicalFamily } from '../chemical-family';
import { drawnSpectrum } from './picture-symbols';

/** A colouring by classes: names, and the class of each material, −1 where it is not known. */
interface Classes {
  readonly name: string;
  readonly classes: readonly string[];
  readonly of: readonly number[];
}

/** A colouring by a number, `null` where it is not known. */
interface Scale {
  readonly name: string;
  readonly unit: string;
  readonly of: readonly (number | null)[];
}

/** What the script of the page draws. */
export interface MapData {
  readonly materials: readonly {
    readonly id: string;
    readonly formula: string;
    readonly structure: boolean;
    readonly spectrum: boolean;
    /** Place and cosine of the nearest ones. */
    readonly near: readonly (readonly [number, number])[];
  }[];
  readonly maps: readonly {
    readonly name: string;
    readonly materials: readonly number[];
    readonly places: readonly number[];
  }[];
  readonly colorings: readonly (Classes | Scale)[];
}

const SYSTEMS = ['cubic', 'hexagonal', 'trigonal', 'tetragonal', 'orthorhombic', 'monoclinic', 'triclinic'];

/** Everything that the interactive map shows, as plain JSON. */
export function mapData(
  report: ExplanationReport,
  maps: readonly EmbeddingMaps[],
  label: (modality: string) => string,
): MapData {
  const { records, labels, neighbors } = report;
  const classes = (name: string, all: readonly string[], of: readonly (string | null)[]): Classes => ({
    name,
    classes: all,
    of: of.map((label) => (label === null ? -1 : all.indexOf(label))),
  });
  const families = records.map(({ formula }) => chemicalFamily(formula));
  const energies = Array.from(labels.formationEnergy, (value) =>
    Number.isFinite(value) ? Number(value.toFixed(4)) : null,
  );
  const colorings: (Classes | Scale)[] = [
    { name: 'formation energy', unit: 'eV/atom', of: energies },
    classes('metal or insulator', ['metal', 'insulator'], labels.metallicity),
    classes('crystal system', SYSTEMS, labels.crystalSystem),
    classes('chemical family', CHEMICAL_FAMILIES, families),
  ];
  return {
    materials: records.map((record, place) => ({
      id: record.id,
      formula: record.formula,
      structure: record.structure !== undefined,
      spectrum: drawnSpectrum(record) !== undefined,
      near: neighbors.of[place]!.map(
        ({ material, cosine }) => [material, Number(cosine.toFixed(3))] as const,
      ),
    })),
    maps: maps.flatMap(({ embeddings: { source, modality, materials }, maps }) =>
      maps.map(({ method, places, trustworthiness }) => ({
        name: `${modality === source ? source : `${label(modality)}, ${source}`}, ${method} (trustworthiness ${formatScore(trustworthiness)})`,
        materials,
        places: Array.from(places, (value) => Number(value.toFixed(4))),
      })),
    ),
    colorings: colorings.filter(({ of }) => of.some((value) => value !== null && value !== -1)),
  };
}

/** JSON that stands in a `script` element: nothing in it can end the element. */
export function scriptJson(data: MapData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

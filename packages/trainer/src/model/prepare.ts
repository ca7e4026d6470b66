import {
  ChemistryError,
  compositionStructure,
  createStructure,
  densityFeatures,
  einsteinSpectrum,
  type MaterialRecord,
  type MaterialViews,
  PromoleculeError,
  promoleculeDensity,
  type Split,
  type Structure,
} from '@bravais/datasets';
import {
  type CrystalGraph,
  compositionStatistics,
  crystalDescriptors,
  crystalGraph,
  elementFractionLength,
  elementFractions,
  GraphError,
  type PotentialEdges,
  potentialEdges,
  siteFeatureCount,
} from '@bravais/graph-nn';
import type { ExperimentConfig } from '../config';
import { elementPropertyTable } from '../data';
import { graphOptions } from './graph-options';
import { structureEncoderKind } from './structure-encoders';
import type { DescriptorChoice } from './structure-encoders/structure-encoder-kind';

/** A crystal structure in the form its encoder takes, still on the host. */
export interface PreparedStructure {
  readonly graph: CrystalGraph;
  /**
   * Composition and geometry in numbers, NaN where they are not known; {@link fractionColumns} come first. A supercell shares all but those of a
   * promolecule.
   */
  readonly descriptors: Float32Array;
  /** Infinite edges, where the structure encoder sees them. */
  readonly potentials?: PotentialEdges;
}

/** The sections of an experiment that say how a structure is prepared. */
export type PreparationConfig = Pick<ExperimentConfig, 'graph' | 'model'>;

/** A material in the form the encoders take, still on the host. */
export interface PreparedMaterial {
  readonly id: string;
  readonly formula: string;
  readonly split: Split;
  /** Absent where it is not known, or the model takes none. */
  readonly structure?: PreparedStructure;
  readonly views: MaterialViews;
  /** Properties by name, for targets; none where left out. */
  readonly scalars?: Readonly<Record<string, number>>;
}

const properties = elementPropertyTable();

/** Leading descriptors that are element fractions: they are not standardised, which would blow up rare elements. */
export const fractionColumns: number = elementFractionLength;

/** Leading descriptors that say what a crystal is made of and nothing of its geometry. */
export const compositionColumns: number =
  elementFractionLength + compositionStatistics([1], properties).length;

/** cm⁻¹: spectra of springs are seen finely and coarsely. */
const SPRING_SMEARINGS_PER_CM = [28, 63];

/** Element fractions are counted in fifths, so that they are as large as the standardised descriptors. */
const FRACTION_UNIT = 0.2;

/**
 * Builds the graph and the descriptors of one structure, and the infinite edges where the config's structure encoder sees them.
 *
 * Descriptors: element fractions in fifths (118), statistics of element properties (24), then the geometry of
 * `crystalDescriptors`, which an encoder without edges goes without, and where the encoder asks for them roots of the Einstein spectrum of
 * simulated springs (2 · 66), or `densityFeatures` of the promolecule. Where sites are shared or partly vacant, species count by their occupancies.
 *
 * @param graph of the structure, where it has been made before
 * @throws {GraphError} where no graph can be made, such as ISOLATED_SITE
 * @throws {PromoleculeError} `DISORDERED` where a promolecule of shared sites is asked for
 */
export function prepareStructure(
  structure: Structure,
  config: PreparationConfig,
  graph: CrystalGraph = crystalGraph(structure, graphOptions(config)),
): PreparedStructure {
  const encoder = config.model.structure;
  const edges = encoder ? structureEncoderKind(encoder).edges : 'local';
  const parts = [
    compositionDescriptors(structure),
    ...(edges === 'none' ? [] : [crystalDescriptors(graph)]),
    ...(encoder ? furtherDescriptors(structure, structureEncoderKind(encoder).descriptors(encoder)) : []),
  ];
  return {
    graph,
    descriptors: Float32Array.from(parts.flatMap((part) => [...part])),
    ...(edges === 'infinite' ? { potentials: potentialEdges(structure) } : {}),
  };
}

/** Element fractions in fifths, then statistics of element properties. */
function compositionDescriptors({ atomicNumbers, occupations }: Structure): Float32Array {
  const fractions = elementFractions(atomicNumbers, occupations).map((fraction) => fraction / FRACTION_UNIT);
  const statistics = compositionStatistics(atomicNumbers, properties, occupations);
  return Float32Array.of(...fractions, ...statistics);
}

/** What an encoder asks for beside statistics. */
function furtherDescriptors(structure: Structure, choice: DescriptorChoice): Float32Array[] {
  if (choice === 'springs') {
    return SPRING_SMEARINGS_PER_CM.map((smearingPerCm) =>
      einsteinSpectrum(structure, { smearingPerCm }).map(Math.sqrt),
    );
  }
  if (choice !== 'promolecule') return [];
  const { size, values } = promoleculeDensity(structure);
  return [densityFeatures({ shape: [size, size, size], values }, 'promolecule')];
}

/** Has as many descriptors as any other crystal. */
const ANY_CRYSTAL = createStructure({
  latticeAngstrom: [3, 0, 0, 0, 3, 0, 0, 0, 3],
  fracCoords: [0, 0, 0],
  atomicNumbers: ['Po'],
});

/** Geometry that is not known; standardised it counts as the training mean. */
const UNKNOWN = Number.NaN;

/**
 * What a formula says of a crystal that is not known: a site shared by its elements that has no neighbours, and the descriptors of its
 * composition; those of its geometry are NaN.
 *
 * @throws {ChemistryError} where the formula cannot be read
 */
function prepareFormula(formula: string, config: PreparationConfig): PreparedStructure {
  const structure = compositionStructure(formula);
  const { length } = prepareStructure(ANY_CRYSTAL, config).descriptors;
  const descriptors = new Float32Array(length).fill(UNKNOWN);
  descriptors.set(compositionDescriptors(structure));
  const { siteFeatures } = config.graph;
  return {
    graph: {
      ...crystalGraph(structure, { neighbors: 0 }),
      volumeAngstrom3: UNKNOWN,
      ...(siteFeatures ? { siteFeatures: new Float32Array(siteFeatureCount(siteFeatures)) } : {}),
    },
    descriptors,
  };
}

/**
 * {@link prepareStructure} of every record with a structure, in the given order, with what else the encoders take. A config without a
 * structure encoder leaves structures out; an encoder that takes formulas sees {@link prepareFormula} where a record has no structure.
 *
 * @param graphs of the records, where they have been made before; `undefined` for a record without a structure
 * @throws {GraphError | PromoleculeError} as {@link prepareStructure}, the message beginning with the id of the material
 * @throws {ChemistryError} as {@link prepareFormula}, likewise
 */
export function prepareMaterials(
  records: readonly MaterialRecord[],
  config: PreparationConfig,
  graphs?: readonly (CrystalGraph | undefined)[],
): PreparedMaterial[] {
  const encoder = config.model.structure;
  const structureOf = ({ structure, formula }: MaterialRecord, place: number): PreparedStructure | null => {
    if (structure) return prepareStructure(structure, config, graphs?.[place]);
    return structureEncoderKind(encoder!).takesFormulas(encoder!) ? prepareFormula(formula, config) : null;
  };
  return records.map((record, place) => {
    const { id, formula, split, views, scalars } = record;
    const structure = encoder ? namingFailures(id, () => structureOf(record, place)) : null;
    return { id, formula, split, ...(structure ? { structure } : {}), views, scalars };
  });
}

function namingFailures<T>(id: string, prepare: () => T): T {
  try {
    return prepare();
  } catch (error) {
    if (error instanceof GraphError) throw new GraphError(error.code, `${id}: ${error.message}`);
    if (error instanceof ChemistryError) throw new ChemistryError(error.code, `${id}: ${error.message}`);
    if (error instanceof PromoleculeError) throw new PromoleculeError(error.code, `${id}: ${error.message}`);
    throw error;
  }
}

import { decodeSafetensors } from '@bravais/datasets';
import { type Crystal, type CrystalGraph, GraphError, type GraphErrorCode } from '@bravais/graph-nn';
import { type Column, Columns, damaged } from './column';
import { GRAPH_FORMAT } from './encode-graphs';
import type { GraphOrError } from './graph-or-error';

/**
 * The graphs that `encodeGraphs` wrote of these crystals, the same bits, each with arrays of its own.
 *
 * Everything that a network would index by or divide by is checked: sites and elements are those of the crystals, sources lie within
 * the crystal, lengths and volumes are positive, all rows are used.
 *
 * @param file names the bytes in messages
 * @throws {GraphPreparationError} `DAMAGED`, or the DataError of the safetensors file
 */
export function decodeGraphs(bytes: Uint8Array, crystals: readonly Crystal[], file: string): GraphOrError[] {
  const { tensors, metadata } = decodeSafetensors(bytes, file);
  if (metadata.format !== GRAPH_FORMAT) {
    throw damaged(file, `graphs in the format ${GRAPH_FORMAT}`, metadata.format ?? 'none');
  }
  const errors = decodeErrors(metadata.errors ?? '', crystals.length, file);
  const columns = new Columns(tensors, file);
  const read = {
    atomicNumbers: columns.integers('atomicNumbers'),
    edges: columns.integers('edges'),
    edgeSource: columns.integers('edgeSource'),
    edgeDistance: columns.floats('edgeDistance'),
    species: columns.integers('species'),
    speciesNumbers: columns.integers('speciesNumbers'),
    occupancies: columns.doubles('occupancies'),
    siteFeatures: columns.floats('siteFeatures'),
  };
  const sites = columns.integers('sites');
  const disordered = columns.integers('disordered');
  const volumes = columns.doubles('volumeAngstrom3');
  const featuresPerSite = columns.integers('featuresPerSite');
  const graphs = crystals.map((crystal, place): GraphOrError => {
    const [n, shared, volume] = [sites.take(1)[0]!, disordered.take(1)[0]!, volumes.take(1)[0]!];
    const features = featuresPerSite.take(1)[0]!;
    const error = errors.get(place);
    if (error) return error;
    if (n !== crystal.atomicNumbers.length || n === 0) {
      throw damaged(file, `${crystal.atomicNumbers.length} sites in crystal ${place}`, String(n));
    }
    if (!(volume > 0 && volume < Number.POSITIVE_INFINITY)) {
      throw damaged(file, `a positive volume of crystal ${place}`, String(volume));
    }
    return {
      ...decodeGraph(read, crystal, volume, shared !== 0, file),
      ...(features === 0 ? {} : { siteFeatures: decodeFeatures(read.siteFeatures, n * features, file) }),
    };
  });
  columns.end();
  return graphs;
}

interface GraphColumns {
  readonly atomicNumbers: Column<Int32Array>;
  readonly edges: Column<Int32Array>;
  readonly edgeSource: Column<Int32Array>;
  readonly edgeDistance: Column<Float32Array>;
  readonly species: Column<Int32Array>;
  readonly speciesNumbers: Column<Int32Array>;
  readonly occupancies: Column<Float64Array>;
  readonly siteFeatures: Column<Float32Array>;
}

function decodeGraph(
  columns: GraphColumns,
  crystal: Crystal,
  volumeAngstrom3: number,
  disordered: boolean,
  file: string,
): CrystalGraph {
  const sites = crystal.atomicNumbers.length;
  const atomicNumbers = columns.atomicNumbers.take(sites);
  requireAll(
    atomicNumbers,
    (z, site) => z === crystal.atomicNumbers[site],
    file,
    'the elements of the crystal',
  );
  const targetOffsets = decodeOffsets(columns.edges, sites, 0, file);
  const edges = targetOffsets[sites]!;
  const edgeSource = columns.edgeSource.take(edges);
  requireAll(edgeSource, (source) => source >= 0 && source < sites, file, `sources from 0 to ${sites - 1}`);
  const edgeDistance = columns.edgeDistance.take(edges);
  requireAll(edgeDistance, (d) => d > 0 && d < Number.POSITIVE_INFINITY, file, 'positive distances');
  return {
    volumeAngstrom3,
    atomicNumbers: Uint8Array.from(atomicNumbers),
    ...(disordered ? { occupations: decodeOccupations(columns, sites, file) } : {}),
    edgeSource,
    edgeDistance,
    targetOffsets,
  };
}

function decodeFeatures(column: Column<Float32Array>, count: number, file: string): Float32Array {
  const features = column.take(count);
  requireAll(features, Number.isFinite, file, 'finite site features');
  return features;
}

function decodeOccupations(
  columns: GraphColumns,
  sites: number,
  file: string,
): NonNullable<CrystalGraph['occupations']> {
  const offsets = decodeOffsets(columns.species, sites, 1, file);
  const atomicNumbers = columns.speciesNumbers.take(offsets[sites]!);
  requireAll(atomicNumbers, (z) => z >= 1 && z <= 118, file, 'atomic numbers from 1 to 118');
  const occupancies = columns.occupancies.take(offsets[sites]!);
  requireAll(occupancies, (share) => share > 0 && share <= 1, file, 'occupancies above 0 and up to 1');
  return { offsets, atomicNumbers: Uint8Array.from(atomicNumbers), occupancies };
}

/** Offsets of rows of the given lengths, each at least `least`. */
function decodeOffsets(lengths: Column<Int32Array>, rows: number, least: number, file: string): Int32Array {
  const counts = lengths.take(rows);
  requireAll(counts, (count) => count >= least, file, `${lengths.name} of at least ${least}`);
  const offsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) offsets[row + 1] = offsets[row]! + counts[row]!;
  // Past 2³¹ the sum turns negative, or is smaller than what it was added to.
  requireAll(offsets, (offset, row) => row === 0 || offset >= offsets[row - 1]!, file, 'rows below 2³¹');
  return offsets;
}

function requireAll(
  values: Int32Array | Float32Array | Float64Array,
  holds: (value: number, row: number) => boolean,
  file: string,
  expected: string,
): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!holds(value, row)) throw damaged(file, expected, `${value} in row ${row}`);
  }
}

function decodeErrors(text: string, crystals: number, file: string): Map<number, GraphError> {
  const errors = new Map<number, GraphError>();
  for (const entry of errorEntries(text, file)) {
    const [place, code, message] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const known = Number.isInteger(place) && (place as number) >= 0 && (place as number) < crystals;
    if (!known || typeof code !== 'string' || !/^[A-Z_]+$/.test(code) || typeof message !== 'string') {
      throw damaged(file, 'errors as place, code and message', JSON.stringify(entry).slice(0, 80));
    }
    errors.set(place as number, new GraphError(code as GraphErrorCode, message));
  }
  return errors;
}

function errorEntries(text: string, file: string): readonly unknown[] {
  try {
    const entries: unknown = JSON.parse(text);
    if (Array.isArray(entries)) return entries;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw damaged(file, 'a list of errors', text.slice(0, 80));
}

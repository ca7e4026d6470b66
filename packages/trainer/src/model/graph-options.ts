import type { CrystalGraphOptions } from '@bravais/graph-nn';
import type { ExperimentConfig } from '../config';
import { structureEncoderKind } from './structure-encoders';

/** How graphs are made for the structure encoder of a config: as its section says, without a search where the encoder sees no edges. */
export function graphOptions({
  graph,
  model: { structure },
}: Pick<ExperimentConfig, 'graph' | 'model'>): CrystalGraphOptions {
  const edges = structure ? structureEncoderKind(structure).edges : 'local';
  return edges === 'none' ? { neighbors: 0 } : graph;
}

export type { NodeOccupations } from './batch-occupations';
export {
  compositionStatisticNames,
  compositionStatistics,
  type ElementPropertyTable,
  elementFractionLength,
  elementFractions,
} from './composition';
export { crystalDescriptorNames, crystalDescriptors } from './crystal-descriptors';
export { type CrystalGraph, type CrystalGraphOptions, crystalGraph } from './crystal-graph';
export { batchGraphs, type EdgesBySource, type GraphBatch } from './graph-batch';
export {
  type DistanceKinds,
  type EdgeArrays,
  type GatedSites,
  type GraphArrays,
  type GraphTensors,
  graphArrays,
  type OccupationArrays,
  uploadGraphArrays,
  uploadGraphs,
} from './graph-tensors';
export { type BatchExtents, bucketOf, bucketSize, padBatch } from './pad-batch';
export { type PotentialEdges, potentialEdges } from './potential-edges';
export {
  type NodesBySublattice,
  type PotentialGraphArrays,
  type PotentialGraphTensors,
  potentialGraphArrays,
  type RowFeatures,
  uploadPotentialGraph,
} from './potential-graph';

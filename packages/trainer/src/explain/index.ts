export { type Attribution, attributeStructure } from './attribute-structure';
export { attributeView } from './attribute-view';
export { elementSwaps } from './element-swaps';
export type {
  AttributionReport,
  ElementSwap,
  EmbeddingMeasures,
  EmbeddingSource,
  ExplainedEmbeddings,
  ExplanationReport,
  LabelMeasures,
  MaterialLabels,
  Neighbor,
  PairMeasures,
  SwapReport,
} from './explanation-report';
export { type Objective, similarityObjective, targetObjective } from './objective';

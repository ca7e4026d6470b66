export { allPairsClip, type Embeddings, type Presence } from './all-pairs-clip';
export { clip, type LogitScale, MAX_LOG_SCALE } from './clip';
export { LossError, type LossErrorCode } from './errors';

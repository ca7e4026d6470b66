export { embedding, embeddingOp } from './embedding';

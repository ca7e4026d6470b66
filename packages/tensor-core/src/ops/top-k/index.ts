export { type TopKAttrs, type TopKOptions, topK, topKOp } from './top-k';

export { type AdamWOptions, type AdamWState, adamW, adamWNumbers, initAdamW } from './adamw';
export type { FlatGradient } from './clip-gradient';
export { decayMask } from './decay-mask';
export { initEma, updateEma } from './ema';
export { flattenGradient, valueAndFlatGradient } from './flat-gradient';
export { constantSchedule, oneCycle, type Schedule, warmupCosine } from './schedules';
export { initSgd, type SgdOptions, type SgdState, sgd, sgdNumbers } from './sgd';

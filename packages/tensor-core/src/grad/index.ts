export { grad, type LossResult, valueAndGrad } from './value-and-grad';

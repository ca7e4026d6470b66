export { randomNormal, randomUniform } from './random';

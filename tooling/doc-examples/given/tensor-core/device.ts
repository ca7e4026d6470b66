export { parameters, x } from './optim.ts';

export { ids as tokens } from '../../tensor-core.ts';

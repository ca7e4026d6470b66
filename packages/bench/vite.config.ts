import { library } from '../../tooling/library.ts';

/** Every entry is a program: the benchmark, and the processes it starts. */
export default library(import.meta.dirname, [
  'src/bench.ts',
  'src/ours.ts',
  'src/sizes.ts',
  'src/kernels.ts',
  'src/fixed-costs.ts',
  'src/first-steps.ts',
  'src/jax.ts',
  'src/tensorflow.ts',
]);

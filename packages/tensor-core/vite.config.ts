import { library } from '../../tooling/library.ts';

export default library(import.meta.dirname, [
  'src/index.ts',
  'src/node.ts',
  'src/capture/index.ts',
  'src/nn/index.ts',
  'src/optim/index.ts',
  'src/random/index.ts',
  'src/testing/index.ts',
]);

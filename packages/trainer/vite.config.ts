import { library } from '../../tooling/library.ts';

export default library(import.meta.dirname, [
  'src/index.ts',
  'src/node.ts',
  'src/node/graphs/graph-worker.ts',
]);

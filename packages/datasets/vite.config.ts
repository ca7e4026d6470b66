import { library } from '../../tooling/library.ts';

export default library(import.meta.dirname, [
  'src/index.ts',
  'src/images/index.ts',
  'src/node.ts',
  'src/reference/index.ts',
  'src/splits/index.ts',
  'src/storage/chunk-worker.ts',
  'src/storage/index.ts',
  'src/symmetry/index.ts',
  'src/text/index.ts',
]);

import { library } from '../../tooling/library.ts';

export default library(import.meta.dirname, ['src/index.ts']);

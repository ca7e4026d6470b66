// Writes experiment.schema.json, which editors complete and check experiment files by, from the built package.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { experimentSchemaText } from '../dist/index.js';

writeFileSync(join(import.meta.dirname, '..', 'experiment.schema.json'), experimentSchemaText());

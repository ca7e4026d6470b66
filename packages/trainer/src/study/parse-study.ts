import { z } from 'zod';
import { ConfigError } from '../config/config-error';
import type { JsonSchema } from '../config/json-schema';
import { schemaIssues } from '../config/schema-issues';
import { parseYamlSource } from '../config/yaml-source';
import type { StudyConfig } from './study-config';
import { studySchema } from './study-schema';

/**
 * YAML text of a study → checked study with every default filled in.
 *
 * @param file names the text in messages
 * @throws ConfigError with all faults at once, each `<file>:<line>:<column> <path> must be …, got …`
 *
 * @example
 * const { arms } = parseStudy(
 *   'name: widths\nexperiment: smoke.yaml\nrepeats: { values: [0, 1] }\nscores: [MRR]\narms: { narrow: { set: [model.embeddingDim=16] } }',
 *   'widths.yaml',
 * );
 */
export function parseStudy(text: string, file: string): StudyConfig {
  const { value, locate } = parseYamlSource(text, file);
  const result = studySchema.safeParse(value);
  if (result.success) return result.data;
  const schema = z.toJSONSchema(studySchema, { io: 'input' }) as JsonSchema;
  throw new ConfigError('SCHEMA', schemaIssues(result.error.issues, value, schema, locate));
}

export { canonicalJson } from './canonical-json';
export { ConfigError, type ConfigErrorCode, type ConfigIssue } from './config-error';
export { configHash } from './config-hash';
export { dumpConfig } from './dump-config';
export type * from './experiment-config';
export { experimentSchema } from './experiment-schema';
export { experimentJsonSchema, experimentSchemaText, type JsonSchema } from './json-schema';
export { parseConfig, type ResolveOptions, resolveConfig } from './resolve-config';

import type { JsonSchema } from './json-schema';

/** Says in words what a field must be: `a positive integer of at most 512`, `one of "A", "exact"`, `a number or null`. */
export function describeExpectation(schema: JsonSchema): string {
  if (schema.anyOf) return schema.anyOf.map(describeExpectation).join(' or ');
  if (schema.enum) return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return types.map((type) => describeType(type, schema)).join(' or ');
}

function describeType(type: string, schema: JsonSchema): string {
  if (type === 'integer' || type === 'number') return describeNumber(type, schema);
  if (type === 'boolean') return 'true or false';
  if (type === 'object') return 'a mapping';
  if (type === 'array')
    return schema.prefixItems ? `a list of ${schema.prefixItems.length} numbers` : 'a list';
  if (type === 'null') return 'null';
  if (schema.pattern !== undefined) return `text that matches ${schema.pattern}`;
  return schema.minLength ? 'text that is not empty' : 'text';
}

function describeNumber(type: 'integer' | 'number', schema: JsonSchema): string {
  const { minimum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  // The schema writer bounds every integer by 2⁵³ − 1, which tells a reader nothing.
  const maximum = schema.maximum === Number.MAX_SAFE_INTEGER ? undefined : schema.maximum;
  const positive = exclusiveMinimum === 0 || (type === 'integer' && minimum === 1);
  const noun = multipleOf === undefined ? type : `multiple of ${multipleOf}`;
  const words = [`${positive ? 'a positive' : noun === 'integer' ? 'an' : 'a'} ${noun}`];
  if (minimum !== undefined && !positive) words.push(`of at least ${minimum}`);
  if (maximum !== undefined) words.push(`${words.length > 1 ? 'and' : 'of'} at most ${maximum}`);
  if (exclusiveMaximum !== undefined)
    words.push(`${words.length > 1 ? 'and' : 'of'} less than ${exclusiveMaximum}`);
  return words.join(' ');
}

/** Says in a few words what came: scalars as written, at most 60 characters; collections by kind. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'a mapping';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

import { z } from 'zod';
import type { ConfigPath } from './config-error';
import { experimentSchema } from './experiment-schema';

/** The part of JSON Schema (2020-12) that an experiment needs. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/**
 * JSON Schema (2020-12) of an experiment file as it is written, for completion and checks in an editor.
 *
 * Defaults are in it, so a key with a default is not required.
 *
 * @example
 * writeFileSync('experiment.schema.json', JSON.stringify(experimentJsonSchema(), null, 2));
 */
export function experimentJsonSchema(): JsonSchema {
  return z.toJSONSchema(experimentSchema, { io: 'input' }) as JsonSchema;
}

/** {@link experimentJsonSchema} as the file `experiment.schema.json` of this package has it. */
export function experimentSchemaText(): string {
  return `${JSON.stringify(experimentJsonSchema(), null, 2)}\n`;
}

/**
 * The schema of the field at `path`, or `undefined` where the schema knows no such field.
 *
 * @param value what was written, which says which of the variants of a section by kind is meant
 */
export function schemaAt(root: JsonSchema, path: ConfigPath, value: unknown): JsonSchema | undefined {
  let [node, written]: [JsonSchema | undefined, unknown] = [variantOf(root, value), value];
  for (const key of path) {
    written = fieldOf(written, key);
    const child: JsonSchema | undefined = node && childSchema(node, key);
    node = child && variantOf(child, written);
  }
  return node;
}

/**
 * The variant of a section by kind that a mapping names by its `kind`; where it names none, a section of that field alone. Any other
 * schema is its own only variant.
 */
export function variantOf(node: JsonSchema, value: unknown): JsonSchema {
  const kinds: unknown[] = (node.oneOf ?? []).flatMap((variant) => variant.properties?.kind?.const ?? []);
  if (kinds.length === 0) return node;
  const named = kinds.indexOf(fieldOf(value, 'kind'));
  return node.oneOf![named] ?? { type: 'object', properties: { kind: { enum: kinds } } };
}

/** What is written under a key; `undefined` where nothing is. */
export function fieldOf(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

function childSchema(node: JsonSchema, key: string | number): JsonSchema | undefined {
  if (typeof key === 'number') return node.prefixItems?.[key] ?? node.items;
  if (node.properties && Object.hasOwn(node.properties, key)) return node.properties[key];
  if (typeof node.additionalProperties === 'object') return node.additionalProperties;
  for (const choice of node.anyOf ?? []) {
    const child = childSchema(choice, key);
    if (child) return child;
  }
  return undefined;
}

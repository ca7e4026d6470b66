import type { z } from 'zod';
import { type ConfigIssue, type ConfigPath, configIssue } from './config-error';
import { describeExpectation, describeValue } from './expectation';
import { fieldOf, type JsonSchema, schemaAt, variantOf } from './json-schema';
import { nearestKey } from './nearest-key';

/** Turns what the schema found into one issue a field, unknown keys with the key that was probably meant. */
export function schemaIssues(
  found: readonly z.core.$ZodIssue[],
  value: unknown,
  root: JsonSchema,
  locate: (path: ConfigPath) => string,
): ConfigIssue[] {
  return found.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const full = [...path, key];
        return configIssue(
          locate(full),
          full,
          `must be a known key, got ${describeValue(key)}. ${advise(key, path, root, value)}`,
        );
      });
    }
    const schema = schemaAt(root, path, value);
    const rule = issue.code === 'custom' ? issue.message : null;
    return configIssue(locate(path), path, complain(schema, valueAt(value, path), rule));
  });
}

/** @param rule what no single field's schema can say; `null` where the schema was broken */
function complain(schema: JsonSchema | undefined, value: unknown, rule: string | null): string {
  if (schema?.oneOf && rule !== null) {
    const keys = schema.oneOf.flatMap((choice) => choice.required ?? []);
    const given = keys.filter((key) => Object.hasOwn(value as object, key));
    return `must be a mapping with exactly one of ${keys.join(', ')}, got ${given.join(' and ') || 'none of them'}.`;
  }
  const expected = rule ?? (schema ? describeExpectation(schema) : 'a known field');
  return `must be ${expected}, got ${describeValue(value)}.`;
}

function advise(key: string, path: ConfigPath, root: JsonSchema, value: unknown): string {
  const section = schemaAt(root, path, value);
  const siblings = Object.keys(section?.properties ?? {});
  const near = nearestKey(key, siblings);
  if (near !== undefined) return `Did you mean "${near}"?`;
  const elsewhere = pathsNamed(key, root, [], value);
  if (elsewhere.length > 0) return `Did you mean "${elsewhere.join('" or "')}"?`;
  return `Known here: ${siblings.join(', ')}.`;
}

function pathsNamed(key: string, schema: JsonSchema, path: readonly string[], value: unknown): string[] {
  return Object.entries(variantOf(schema, value).properties ?? {}).flatMap(([name, child]) => {
    const full = [...path, name];
    return [...(name === key ? [full.join('.')] : []), ...pathsNamed(key, child, full, fieldOf(value, name))];
  });
}

function valueAt(value: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(fieldOf, value);
}

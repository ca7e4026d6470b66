import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { experimentJsonSchema, experimentSchemaText, type JsonSchema, schemaAt } from './json-schema';

function leaves(schema: JsonSchema, path: string[] = []): [string, JsonSchema][] {
  const variants = [schema, ...(schema.oneOf ?? [])];
  const children = variants.flatMap(({ properties = {} }) => Object.entries(properties));
  return children.flatMap(([key, child]) => [
    [[...path, key].join('.'), child] as [string, JsonSchema],
    ...leaves(child, [...path, key]),
  ]);
}

describe('experimentJsonSchema', () => {
  const schema = experimentJsonSchema();

  it('describes every field and closes every section', () => {
    const fields = leaves(schema);
    expect(fields.length).toBeGreaterThan(45);
    for (const [path, field] of fields) {
      expect(field.description, path).toMatch(/\.$/);
      if (field.properties) expect(field.additionalProperties, path).toBe(false);
    }
  });

  it('carries defaults and requires only what has none', () => {
    expect(schema.required).toEqual(['name', 'data', 'model', 'optim', 'training']);
    expect(schemaAt(schema, ['optim', 'learningRate'], {})?.default).toBe(1e-3);
    expect(schemaAt(schema, ['training'], {})?.oneOf).toEqual([
      { required: ['steps'] },
      { required: ['epochs'] },
    ]);
  });

  it('tells the sizes of one kind of encoder from those of another', () => {
    const at = (kind: string, field: string) =>
      schemaAt(schema, ['model', 'structure', field], { model: { structure: { kind } } });
    expect(at('potnet', 'potentialBins')?.default).toBe(64);
    expect(at('cgcnn', 'potentialBins')).toBeUndefined();
    expect(at('cogn', 'width')?.default).toBe(128);
    expect(at('cgcnn', 'width')?.default).toBe(64);
    expect(at('unknown', 'kind')?.enum).toEqual(['cgcnn', 'cogn', 'potnet', 'graph-conv-3d', 'composition']);
  });

  it('finds fields through lists and records, and no others', () => {
    expect(schemaAt(schema, ['optim', 'betas', 1], {})?.type).toBe('number');
    expect(schemaAt(schema, ['expect', 'scores', 'anything'], {})?.type).toBe('number');
    expect(schemaAt(schema, ['optim', 'toString'], {})).toBeUndefined();
  });
});

describe('experiment.schema.json', () => {
  const root = join(import.meta.dirname, '..', '..', '..', '..');
  const folder = join(root, 'experiments');
  const line = '# yaml-language-server: $schema=../packages/trainer/experiment.schema.json';

  it('is the schema of this version; npm run build writes it', () => {
    const file = readFileSync(join(root, 'packages', 'trainer', 'experiment.schema.json'), 'utf8');
    expect(file).toBe(experimentSchemaText());
  });

  it.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('is named in %s', (name) => {
    const [first] = readFileSync(join(folder, name), 'utf8').split('\n');
    // A table of tasks and losses, not an experiment.
    if (name === 'ablation-losses.yaml') expect(first).not.toContain('$schema');
    else expect(first).toBe(line);
  });
});

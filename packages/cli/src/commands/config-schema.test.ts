import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { experimentJsonSchema } from '@bravais/trainer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeServices } from '../testing/fake-services';
import { run } from '../testing/run';

let out = '';
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'bravais-schema-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

describe('bravais config schema', () => {
  it('prints the schema, as text and in one document', async () => {
    const text = await run(fakeServices(), ['config', 'schema']);
    expect(text.exitCode).toBe(0);
    expect(JSON.parse(text.stdout)).toEqual(experimentJsonSchema());
    const { stdout } = await run(fakeServices(), ['config', 'schema', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, schema: experimentJsonSchema() });
  });

  it('writes it where --out says, and how to name it', async () => {
    const { stdout } = await run(fakeServices(), ['config', 'schema', '--out', out]);
    const file = join(out, 'experiment.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(experimentJsonSchema());
    expect(stdout).toContain(`# yaml-language-server: $schema=${file}`);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configHash } from './config-hash';
import { parseConfig } from './resolve-config';

const FOLDER = join(import.meta.dirname, '../../../../experiments');
/** A table of tasks and losses, not an experiment. */
const OTHER = 'ablation-losses.yaml';

const read = (file: string) => parseConfig(readFileSync(join(FOLDER, file), 'utf8'), { file });

describe('the experiments of this repository', () => {
  it.each(readdirSync(FOLDER).filter((file) => file.endsWith('.yaml') && file !== OTHER))(
    '%s can be run',
    (file) => {
      const { name, expect: promise } = read(file);
      expect(file).toBe(`${name}.yaml`);
      // A file whose run was not measured yet promises nothing.
      if (promise)
        expect(promise.command).toMatch(new RegExp(`bravais (pretrain|finetune) experiments/${file}`));
    },
  );

  it('keep the hashes that their runs are resumed by', async () => {
    expect(await configHash(read('smoke.yaml'))).toBe(
      '659c56f93ca0d1c893b753469d4d5b11de275b9cbd822cc7669fb834d27de703',
    );
    expect(await configHash(read('b1-first.yaml'))).toBe(
      'ef4e3b4f3b745e429a4d6c05ddb775e3b3005e35624f4ec8a7ad0945178e138f',
    );
  });
});

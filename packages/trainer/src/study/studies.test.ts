import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config';
import { parseStudy } from './parse-study';

const FOLDER = join(import.meta.dirname, '../../../../experiments/studies');

describe('the studies of this repository', () => {
  it.each(readdirSync(FOLDER))('every arm of %s is an experiment that can be run', (name) => {
    const file = join(FOLDER, name);
    const study = parseStudy(readFileSync(file, 'utf8'), file);
    expect(name).toBe(`${study.name}.yaml`);
    for (const { experiment = study.experiment, set, startFrom } of Object.values(study.arms)) {
      const path = join(dirname(file), experiment);
      const start = startFrom === undefined ? [] : [`init.checkpoint=${startFrom}`];
      const overrides = [...study.set, ...set, ...start, `${study.repeats.key}=${study.repeats.values[0]}`];
      expect(() => parseConfig(readFileSync(path, 'utf8'), { file: path, overrides })).not.toThrow();
    }
  });
});

import { readFileSync, rmSync } from 'node:fs';
import { appendFile, chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MetricRecord } from '../metrics/metric-record';
import { ensureWritable } from './ensure-writable';
import { OutputError } from './output-error';
import { readConfig } from './read-config';
import { RunLog } from './run-log';

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'bravais-output-'));
});
afterEach(() => rm(out, { recursive: true, force: true }));

/** Runs as an ordinary user: root may write everywhere. */
async function asOrdinaryUser<T>(run: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return run();
  process.seteuid?.(65_534);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}

describe('ensureWritable', () => {
  it('makes the folder and leaves nothing in it', async () => {
    const folder = join(out, 'runs', 'smoke');
    await ensureWritable(folder);
    await ensureWritable(folder);
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32' /* no uid, other permissions */)(
    'names a folder without permission',
    async () => {
      await chmod(out, 0o555);
      const error = await asOrdinaryUser(() =>
        ensureWritable(join(out, 'runs')).catch((reason: unknown) => reason),
      );
      await chmod(out, 0o755);
      expect(error).toBeInstanceOf(OutputError);
      expect(error).toMatchObject({ code: 'NOT_WRITABLE', folder: join(out, 'runs') });
      expect((error as OutputError).message).toBe(
        `${join(out, 'runs')}: must be a folder you may write to, got EACCES. Choose another with --out, or change its permissions.`,
      );
    },
  );

  it('names a file that stands in the way', async () => {
    await writeFile(join(out, 'file'), '');
    for (const folder of [join(out, 'file'), join(out, 'file', 'runs')]) {
      await expect(ensureWritable(folder)).rejects.toMatchObject({
        name: 'OutputError',
        code: 'NOT_A_FOLDER',
        folder,
      });
    }
  });
});

const record = (step: number): MetricRecord => ({
  step,
  epoch: 0,
  split: 'train',
  values: { loss: 1 / (step + 1) },
});
const metrics = () => readFileSync(join(out, 'metrics.jsonl'), 'utf8');

function logSteps(from: number, to: number, options = {}): void {
  const log = new RunLog(out, options);
  for (let step = from; step <= to; step++) {
    log.metric(record(step));
    log.timing({ step, values: { seconds: step } });
  }
  log.close();
}

describe('RunLog', () => {
  it('a resumed run leaves the metrics of one that was never stopped', async () => {
    logSteps(0, 10);
    const whole = metrics();
    logSteps(0, 7);
    await appendFile(join(out, 'metrics.jsonl'), '{"step":8,"ep');
    logSteps(6, 10, { resumeAfterStep: 5 });
    expect(metrics()).toBe(whole);
    expect((await readdir(out)).sort()).toEqual([
      expect.stringMatching(/^events\.out\.tfevents\./),
      'metrics.jsonl',
      'timing.jsonl',
    ]);
  });

  it('a line can be read as soon as it is written', () => {
    const log = new RunLog(out);
    log.metric(record(3));
    expect(metrics()).toBe('{"step":3,"epoch":0,"split":"train","loss":0.25}\n');
    log.close();
  });

  it('a new run starts anew, a resumed run without files too', () => {
    logSteps(0, 3);
    logSteps(0, 1);
    expect(metrics().split('\n')).toHaveLength(3);
    rmSync(join(out, 'metrics.jsonl'));
    logSteps(5, 5, { resumeAfterStep: 4 });
    expect(metrics().split('\n')).toHaveLength(2);
  });

  it('names a folder that is not there, and a line that is not its own', async () => {
    expect(() => new RunLog(join(out, 'none'))).toThrow(OutputError);
    await writeFile(join(out, 'metrics.jsonl'), 'hello\n');
    expect(() => new RunLog(out, { resumeAfterStep: 1 })).toThrow(
      `${join(out, 'metrics.jsonl')}:1: must be a JSON object with a step`,
    );
    expect(readFileSync(join(out, 'metrics.jsonl'), 'utf8')).toBe('hello\n');
  });
});

describe('readConfig', () => {
  it.each([
    ['none.yaml', 'UNREADABLE', 'got no file'],
    ['folder', 'UNREADABLE', 'must be a file, got something else'],
    ['latin1.yaml', 'SYNTAX', 'must be text in UTF-8'],
    ['huge.yaml', 'TOO_LARGE', 'must be at most 1048576 bytes, got 1048577'],
    ['misspelt.yaml', 'SCHEMA', 'misspelt.yaml:2:1 sed must be a known key, got "sed". Did you mean "seed"?'],
  ])('%s: %s', async (name, code, message) => {
    await mkdir(join(out, 'folder'));
    await writeFile(join(out, 'latin1.yaml'), Uint8Array.of(0xe9));
    await writeFile(join(out, 'huge.yaml'), ' '.repeat(1_048_577));
    await writeFile(join(out, 'misspelt.yaml'), 'name: a\nsed: 1\n');
    const error = await readConfig(join(out, name)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'ConfigError', code });
    expect((error as Error).message).toContain(message);
  });
});

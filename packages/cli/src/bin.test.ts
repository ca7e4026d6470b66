import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildBins } from './testing/build-bins';

let bins = '';
let folder = '';
beforeAll(async () => {
  bins = await buildBins('bin-test');
  folder = await mkdtemp(join(tmpdir(), 'bravais-bin-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(bin: 'bin' | 'waiting-bin', ...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(bins, `${bin}.mjs`), ...args], { cwd: folder });
}

async function end(child: ChildProcess): Promise<Ended> {
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), exit]);
  return { code, stdout, stderr };
}

const smoke = `name: smoke
data: { source: reference }
model: { structure: { kind: cgcnn }, views: { phononDos: { kind: mlp } } }
loss: { kind: all-pairs-clip }
optim: { schedule: { kind: constant } }
training: { steps: 2 }
`;

it('--help ends with 0 and a misspelt option with 2', async () => {
  expect(await end(start('bin', '--help'))).toMatchObject({ code: 0, stderr: '' });
  const { code, stdout, stderr } = await end(start('bin', 'demo', '--sed', '1'));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^error: unknown option '--sed'/);
});

it('a misspelt key ends with 2 and names file, line, column and the key that was meant', async () => {
  const file = join(folder, 'misspelt.yaml');
  await writeFile(file, smoke.replace('name: smoke', 'name: smoke\nsed: 1'));
  const { code, stdout, stderr } = await end(start('bin', 'pretrain', file));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^error: .*misspelt\.yaml:2:1 sed .*seed.*\n$/);
});

it('a folder that cannot be written ends with 1, in JSON', async () => {
  const file = join(folder, 'smoke.yaml');
  await writeFile(file, smoke);
  const { code, stdout, stderr } = await end(
    start('bin', 'pretrain', file, '--out', join(file, 'out'), '--json'),
  );
  expect([code, stderr]).toEqual([1, '']);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'NOT_A_FOLDER' } });
});

it('a first Ctrl-C saves and ends with 130', async () => {
  const child = start('waiting-bin', 'pretrain', 'a.yaml', '--out', 'runs/a');
  const ended = end(child);
  await said(child, 'training');
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('after step 7 of 40; the checkpoint is in runs/a');
});

it('a second Ctrl-C ends with 130 at once', async () => {
  const child = start('waiting-bin', 'pretrain', 'a.yaml', '--seed', '1');
  const ended = end(child);
  await said(child, 'training');
  child.kill('SIGINT');
  await said(child, 'Ctrl-C again');
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
});

it('a reader that leaves early does not make it fail', async () => {
  const child = start('waiting-bin', 'doctor');
  child.stdout!.destroy();
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
});

/** Waits until the program says the words; fails where it ends before. */
function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it said "${words}"`)));
    child.stderr!.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(words)) resolve();
    });
  });
}

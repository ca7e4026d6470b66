import { expect, it } from 'vitest';
import type { Peer } from '../peers/peers';
import { runRounds } from './rounds';
import { runProcess } from './run-process';
import type { PeerOutput } from './standings';

/** A peer whose process runs a script. */
function scripted(name: string, script: string): Peer {
  return { name, language: 'TypeScript', command: [process.execPath, '-e', script] };
}

function line(peer: string, work: string, rest: object): string {
  return JSON.stringify({ peer, version: '1.0', adapter: 'none', work, ...rest });
}

const says = (...lines: string[]): string => `console.log(${JSON.stringify(lines.join('\n'))})`;
const silent = (): void => undefined;
const run = ({ command }: Peer): Promise<PeerOutput> => runProcess(command, { timeoutMs: 20_000 });

it('gathers the lines of real processes, and what went wrong with the others', async () => {
  const peers = [
    scripted(
      'good',
      says(
        'a word before',
        line('good', 'matmul512', { ms: 3, check: 1, total_s: 0.1 }),
        line('good', 'mlp_step', { error: 'no such kernel' }),
        '{not json',
      ),
    ),
    scripted('dead', 'console.error("Warning: x"); throw new Error("cannot start here")'),
    scripted('mute', ''),
    { name: 'absent', language: 'Python', command: ['/no/such/program'] } satisfies Peer,
  ];
  const { rows, failures, versions } = await runRounds(peers, 1, run, silent);
  expect(rows).toEqual([{ work: 'matmul512', peer: 'good', ms: 3, check: 1, adapter: 'none' }]);
  expect(versions).toEqual({ good: '1.0' });
  expect(failures).toEqual([
    { peer: 'good', work: 'mlp_step', error: 'no such kernel' },
    { peer: 'dead', work: null, error: 'Error: cannot start here' },
    { peer: 'mute', work: null, error: 'ended with exit code 0 and printed nothing' },
    { peer: 'absent', work: null, error: expect.stringContaining('ENOENT') },
  ]);
});

it('a process that hangs is ended, and what it printed counts', async () => {
  const printed = line('slow', 'matmul512', { ms: 3, check: 1, total_s: 0.1 });
  const hangs = scripted('slow', `${says(printed)}; setInterval(() => {}, 1000)`);
  const output = await runProcess(hangs.command, { timeoutMs: 1000 });
  expect(output.exitCode).toBeNull();
  const { rows, failures } = await runRounds([hangs], 1, async () => output, silent);
  expect(rows).toHaveLength(1);
  expect(failures).toEqual([{ peer: 'slow', work: null, error: 'took too long' }]);
});

it('peers take turns in every round, and each keeps its best', async () => {
  const order: string[] = [];
  const times: Record<string, number[]> = { a: [5, 3, 4], b: [2, 9, 9] };
  const fake = async ({ name }: Peer): Promise<PeerOutput> => {
    order.push(name);
    const ms = times[name]!.shift()!;
    return { exitCode: 0, stdout: line(name, 'matmul512', { ms, check: 1, total_s: 1 }), stderr: '' };
  };
  const { rows } = await runRounds([scripted('a', ''), scripted('b', '')], 3, fake, silent);
  expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  expect(rows.map(({ peer, ms }) => [peer, ms])).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
});

it('reads the NaN that Python writes as no number', async () => {
  const stdout =
    '{"peer": "py", "version": "1", "adapter": "CPU", "work": "mlp_step", "ms": 1.0, "check": NaN}';
  const { rows } = await runRounds(
    [scripted('py', '')],
    1,
    async () => ({ exitCode: 0, stdout, stderr: '' }),
    silent,
  );
  expect(rows[0]!.check).toBeNull();
});

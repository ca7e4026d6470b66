import type { EvaluateOptions, PrepareGraphsOptions } from '@bravais/trainer/node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeServices } from '../testing/fake-services';
import { run } from '../testing/run';
import { sampleProfile } from '../testing/sample-measurements';
import { sampleEvaluation } from '../testing/sample-report';

afterEach(() => vi.unstubAllEnvs());

/** The folder that each command keeps graphs in. */
async function foldersOf(command: string, ...options: string[]): Promise<unknown[]> {
  const folders: unknown[] = [];
  const note = (how: Pick<PrepareGraphsOptions, 'cacheFolder'> | undefined): void => {
    folders.push(how?.cacheFolder);
  };
  const services = fakeServices({
    evaluate: async ({ graphs }: EvaluateOptions) => {
      note(graphs);
      return sampleEvaluation(24);
    },
    checkData: async (_config, _root, how) => {
      note(how);
      return { train: 2, val: 0, test: 0 };
    },
    profileTraining: async (request) => {
      note(request.graphs);
      return sampleProfile;
    },
    prepareStructures: async (_structures, _graph, how) => {
      note(how);
      return [];
    },
  });
  const line = {
    pretrain: 'pretrain a.yaml',
    'pretrain --dry-run': 'pretrain a.yaml --dry-run',
    'pretrain --profile': 'pretrain a.yaml --profile',
    evaluate: 'evaluate runs/a',
    embed: 'embed runs/a missing.cif',
  }[command]!;
  await run(services, [...line.split(' '), ...options]);
  for (const { graphs } of services.pretrained) note(graphs);
  return folders;
}

describe.each(['pretrain', 'pretrain --dry-run', 'pretrain --profile', 'evaluate', 'embed'])(
  'bravais %s',
  (command) => {
    it('keeps graphs in the cache of the user, and with --no-cache nowhere', async () => {
      vi.stubEnv('XDG_CACHE_HOME', '/caches');
      expect(await foldersOf(command)).toEqual(['/caches/bravais/graphs']);
      expect(await foldersOf(command, '--no-cache')).toEqual([null]);
    });
  },
);

it('Ctrl-C before the first step of a training ends with 130', async () => {
  const controller = new AbortController();
  const services = fakeServices({
    pretrain: async ({ signal }) => {
      controller.abort();
      signal.throwIfAborted();
      throw new Error('the signal did not come');
    },
  });
  const { exitCode, stderr } = await run(services, ['pretrain', 'a.yaml'], controller.signal);
  expect(exitCode).toBe(130);
  expect(stderr).toContain('stopped by Ctrl-C before the first step');
});

import { expect, it } from 'vitest';
import { environmentLine, resumedLines } from './training-events';

it('says where a run goes on from, and why other checkpoints were not used', () => {
  const event = { kind: 'resumed', folder: 'runs/x/best', step: 20 } as const;
  expect(resumedLines({ ...event, passedOver: [] })).toEqual(['going on from runs/x/best, step 20']);
  expect(
    resumedLines({ ...event, passedOver: ['runs/x/last/model.safetensors: must be 9 bytes, got 4.'] }),
  ).toEqual([
    'note: passed over runs/x/last/model.safetensors: must be 9 bytes, got 4.',
    'going on from runs/x/best, step 20',
  ]);
});

it('says what has changed since a checkpoint was written', () => {
  const changes = [
    { name: 'node', before: '20.0.0', now: '24.1.0' },
    { name: 'webgpu', before: '0.5.0', now: null },
  ];
  expect(environmentLine({ kind: 'environment-changed', changes })).toBe(
    'note: the checkpoint was written with node 20.0.0, now 24.1.0; webgpu 0.5.0, now none. The run goes on, and may give other bits',
  );
  const untold = [{ name: 'node', before: null, now: '24.1.0' }];
  expect(environmentLine({ kind: 'environment-changed', changes: untold })).toContain('not told: node');
});

import { expect, it } from 'vitest';
import { resumedLines } from './training-events';

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

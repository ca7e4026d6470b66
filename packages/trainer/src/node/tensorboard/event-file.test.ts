import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MetricRecord } from '../../metrics/metric-record';
import { RunLog } from '../run-log';
import { crc32c } from './crc32c';
import { metricEvent } from './event-bytes';
import { EventFile } from './event-file';
import { decodeEvent, decodeEvents } from './testing/decode-events';

let out = '';
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'bravais-events-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

/** The bytes of the one event file in the folder. */
function eventBytes(): Uint8Array {
  const names = readdirSync(out).filter((name) => name.startsWith('events.'));
  expect(names).toHaveLength(1);
  return readFileSync(join(out, names[0]!));
}

const written = () => decodeEvents(eventBytes());

/** What TensorBoard shows of a run: step, tag and value. */
const scalars = () =>
  written().flatMap(({ step, scalars }) => scalars.map(({ tag, value }) => [step, tag, value]));

const record = (
  step: number,
  split: MetricRecord['split'],
  values: MetricRecord['values'],
): MetricRecord => ({
  ...{ step, epoch: 0, split, values },
});

describe('crc32c', () => {
  it.each([
    ['32 zeros', new Uint8Array(32), 0x8a91_36aa],
    ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8_ab43],
    ['32 rising', Uint8Array.from({ length: 32 }, (_, at) => at), 0x46dd_794e],
    ['32 falling', Uint8Array.from({ length: 32 }, (_, at) => 31 - at), 0x113f_db5c],
    ['123456789', new TextEncoder().encode('123456789'), 0xe306_9283],
    ['nothing', new Uint8Array(0), 0],
  ])('%s is as in RFC 3720', (_what, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe('an event', () => {
  property.prop([
    fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    fc.constantFrom('train' as const, 'val' as const, 'test' as const),
    fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9@_./|-]{0,300}$/), fc.double(), { maxKeys: 6 }),
    fc.double({ noNaN: true }),
  ])('reads back as it was written, numbers as float32', (step, split, values, wallTimeSeconds) => {
    const expected = Object.entries(values).map(([name, value]) => ({
      tag: `${split}/${name}`,
      value: Math.fround(value),
    }));
    expect(decodeEvent(metricEvent(record(step, split, values), wallTimeSeconds))).toEqual({
      ...{ wallTimeSeconds, step, scalars: expected, fileVersion: null, sessionStatus: null },
    });
  });
});

describe('the file of a run', () => {
  it('begins with its version and a start, then has the numbers of metrics.jsonl', () => {
    const log = new RunLog(out);
    log.metric(record(10, 'train', { loss: 4.5, 'loss/structure|text': Number.NaN }));
    log.metric(record(10, 'val', { mrr: 0.25, 'structure-to-text/r@10': Number.POSITIVE_INFINITY }));
    log.close();
    const [version, start] = written();
    expect(version).toMatchObject({ fileVersion: 'brain.Event:2', scalars: [] });
    expect(start).toMatchObject({ step: 0, sessionStatus: 1 });
    expect(scalars()).toEqual([
      [10, 'train/loss', 4.5],
      [10, 'train/loss/structure|text', Number.NaN],
      [10, 'val/mrr', 0.25],
      [10, 'val/structure-to-text/r@10', Number.POSITIVE_INFINITY],
    ]);
  });

  it('of a run that was stopped and resumed holds what that of a whole run holds, each step once', () => {
    const steps = (log: RunLog, from: number, to: number): void => {
      for (let step = from; step <= to; step++) {
        log.metric(record(step, 'train', { loss: 1 / (step + 1) }));
        log.timing({ step, values: { seconds: 2 } });
      }
      log.close();
    };
    steps(new RunLog(out), 1, 9);
    const whole = scalars();
    steps(new RunLog(out), 1, 7);
    steps(new RunLog(out, { resumeAfterStep: 5 }), 6, 9);
    expect(scalars()).toEqual(whole);
    expect(whole.map(([step]) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('counts the times of kept lines back by the seconds of training', () => {
    const kept = [3, 6].map((step) => record(step, 'train', { loss: 1 }));
    const timings = [3, 6, 9].map((step) => ({ step, values: { seconds: step } }));
    const file = new EventFile(out, { metrics: kept, timings }, () => 1_700_000_000.5);
    file.close();
    expect(readdirSync(out)).toEqual(['events.out.tfevents.1700000000.bravais']);
    const times = written().map(({ wallTimeSeconds }) => wallTimeSeconds - 1_700_000_000.5);
    expect(times).toEqual([0, 0, -15, -9]);
  });

  it('takes the place of its own earlier one, and leaves those of other programs', () => {
    const foreign = 'events.out.tfevents.1700000000.host.1.0';
    writeFileSync(join(out, foreign), 'theirs');
    for (const now of [1_700_000_000, 1_700_000_007]) {
      new EventFile(out, { metrics: [], timings: [] }, () => now).close();
    }
    expect(readdirSync(out).sort()).toEqual([
      'events.out.tfevents.1700000000.host.1.0',
      'events.out.tfevents.1700000007.bravais',
    ]);
    expect(readFileSync(join(out, foreign), 'utf8')).toBe('theirs');
  });

  it('in a folder that is not there names it', () => {
    expect(() => new EventFile(join(out, 'none'), { metrics: [], timings: [] })).toThrow(
      expect.objectContaining({ name: 'OutputError', code: 'NOT_A_FOLDER' }),
    );
  });

  it('with a changed byte no longer reads', () => {
    new EventFile(out, { metrics: [record(1, 'val', { mrr: 0.5 })], timings: [] }).close();
    const bytes = eventBytes();
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at]! ^= 0x10;
      expect(() => decodeEvents(changed), `byte ${at}`).toThrow();
    }
  });
});

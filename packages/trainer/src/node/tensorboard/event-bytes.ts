import type { MetricRecord } from '../../metrics/metric-record';
import { doubleField, floatField, joined, messageField, textField, varintField } from './protobuf';

/** Fields of `Event`, `Summary`, `Summary.Value` and `SessionLog` in TensorBoard's `event.proto` and `summary.proto`. */
const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 } as const;
const SUMMARY = { value: 1 } as const;
const VALUE = { tag: 1, simpleValue: 2 } as const;
const SESSION_LOG = { status: 1 } as const;
const SESSION_START = 1;

/** The first event of a file: its version. */
export function versionEvent(wallTimeSeconds: number): Uint8Array<ArrayBuffer> {
  return joined([
    doubleField(EVENT.wallTime, wallTimeSeconds),
    textField(EVENT.fileVersion, 'brain.Event:2'),
  ]);
}

/** The event that makes a reader forget what it has read of other files of the folder: all of it comes again. */
export function startEvent(wallTimeSeconds: number): Uint8Array<ArrayBuffer> {
  return joined([
    doubleField(EVENT.wallTime, wallTimeSeconds),
    varintField(EVENT.step, 0),
    messageField(EVENT.sessionLog, [varintField(SESSION_LOG.status, SESSION_START)]),
  ]);
}

/** The numbers of a step as an event: a scalar `<split>/<name>` for each, `train/loss`, `val/mrr`, rounded to float32. */
export function metricEvent(
  { step, split, values }: MetricRecord,
  wallTimeSeconds: number,
): Uint8Array<ArrayBuffer> {
  const scalars = Object.entries(values).map(([name, value]) =>
    messageField(SUMMARY.value, [
      textField(VALUE.tag, `${split}/${name}`),
      floatField(VALUE.simpleValue, value),
    ]),
  );
  return joined([
    doubleField(EVENT.wallTime, wallTimeSeconds),
    varintField(EVENT.step, step),
    messageField(EVENT.summary, scalars),
  ]);
}

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { MetricRecord, TimingRecord } from '../../metrics/metric-record';
import { GrowingFile } from '../growing-file';
import { outputError } from '../output-error';
import { metricEvent, startEvent, versionEvent } from './event-bytes';
import { joined } from './protobuf';
import { encodeTfRecord } from './tf-record';

/** Files that {@link EventFile} made; those of other programs are left alone. */
const OWN = /^events\.out\.tfevents\.\d{10}\.bravais$/;

/** What a run that goes on has measured before. */
export interface KeptRecords {
  readonly metrics: readonly MetricRecord[];
  readonly timings: readonly TimingRecord[];
}

/**
 * Metrics of a run for TensorBoard, beside `metrics.jsonl`: `events.out.tfevents.<seconds>.bravais`.
 *
 * The file says nothing that `metrics.jsonl` does not say. A run that goes on writes it anew from the lines that were kept, in place of
 * the earlier one: appending, or a second file, would hold the steps after the checkpoint twice. Clock times of kept lines are not
 * known; they are counted back from now by the seconds of `timing.jsonl`.
 *
 * @throws OutputError where it cannot be written
 */
export class EventFile {
  readonly #file: GrowingFile;
  readonly #nowSeconds: () => number;

  /** @param nowSeconds clock, in seconds since 1970 */
  constructor(folder: string, kept: KeptRecords, nowSeconds: () => number = () => Date.now() / 1000) {
    this.#nowSeconds = nowSeconds;
    const now = nowSeconds();
    const name = `events.out.tfevents.${String(Math.floor(now)).padStart(10, '0')}.bravais`;
    const times = timesOf(kept, now);
    const events = [
      versionEvent(now),
      startEvent(now),
      ...kept.metrics.map((record, index) => metricEvent(record, times[index]!)),
    ];
    this.#file = new GrowingFile(join(folder, name), joined(events.map(encodeTfRecord)));
    removeOthers(folder, name);
  }

  /** Adds the numbers of a step, measured now. */
  append(record: MetricRecord): void {
    this.#file.append(encodeTfRecord(metricEvent(record, this.#nowSeconds())));
  }

  /** Waits until every event is on the disk. */
  flush(): void {
    this.#file.flush();
  }

  /** Flushes and closes; nothing can be added any more. */
  close(): void {
    this.#file.close();
  }
}

/** now − seconds of training after each record; lines are in the order of their steps. */
function timesOf({ metrics, timings }: KeptRecords, now: number): number[] {
  const times = new Array<number>(metrics.length);
  let left = timings.length;
  let seconds = 0;
  for (let index = metrics.length - 1; index >= 0; index--) {
    while (left > 0 && timings[left - 1]!.step > metrics[index]!.step) {
      seconds += timings[--left]!.values.seconds ?? 0;
    }
    times[index] = now - seconds;
  }
  return times;
}

function removeOthers(folder: string, name: string): void {
  try {
    for (const other of readdirSync(folder)) {
      if (OWN.test(other) && other !== name) rmSync(join(folder, other), { force: true });
    }
  } catch (cause) {
    throw outputError(folder, cause);
  }
}

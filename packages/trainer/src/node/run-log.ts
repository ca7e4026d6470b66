import { join } from 'node:path';
import {
  decodeMetrics,
  decodeTimings,
  encodeMetric,
  encodeTiming,
  type MetricRecord,
  type TimingRecord,
} from '../metrics/metric-record';
import { GrowingFile } from './growing-file';
import { keptLines } from './kept-lines';
import { EventFile } from './tensorboard/event-file';

/** How a log is opened. */
export interface RunLogOptions {
  /** Steps of the checkpoint that the run goes on from: later lines are dropped. Absent: all files start anew. */
  readonly resumeAfterStep?: number;
}

/**
 * The numbers of a run, as they come: `metrics.jsonl`, equal bit for bit for equal runs, `timing.jsonl`, which is not, and the metrics once
 * more as a file that TensorBoard reads.
 *
 * Write all records of a step before its checkpoint, and {@link RunLog.flush} between: then a run that was stopped and
 * resumed leaves the same `metrics.jsonl` as one that was not.
 *
 * @throws OutputError where a file cannot be written, MetricsError where an old one cannot be read.
 *
 * @example
 * const log = new RunLog('runs/smoke');
 * log.metric({ step: 10, epoch: 0, split: 'train', values: { loss: 4.8 } });
 * log.timing({ step: 10, values: { seconds: 1.2 } });
 * log.close();
 */
export class RunLog {
  readonly #metrics: GrowingFile;
  readonly #timing: GrowingFile;
  readonly #events: EventFile;

  constructor(out: string, { resumeAfterStep }: RunLogOptions = {}) {
    const [metricsPath, timingPath] = [join(out, 'metrics.jsonl'), join(out, 'timing.jsonl')];
    const kept = (path: string): string =>
      resumeAfterStep === undefined ? '' : keptLines(path, resumeAfterStep);
    const [metrics, timing] = [kept(metricsPath), kept(timingPath)];
    const records = {
      metrics: decodeMetrics(metrics, metricsPath),
      timings: decodeTimings(timing, timingPath),
    };
    this.#metrics = new GrowingFile(metricsPath, metrics);
    this.#timing = new GrowingFile(timingPath, timing);
    this.#events = new EventFile(out, records);
  }

  /** Adds a line to `metrics.jsonl`, and the same numbers to the file of TensorBoard. */
  metric(record: MetricRecord): void {
    this.#metrics.append(encodeMetric(record));
    this.#events.append(record);
  }

  /** Adds a line to `timing.jsonl`. */
  timing(record: TimingRecord): void {
    this.#timing.append(encodeTiming(record));
  }

  /** Waits until all of it is on the disk. */
  flush(): void {
    this.#metrics.flush();
    this.#timing.flush();
    this.#events.flush();
  }

  /** Flushes and closes all files. */
  close(): void {
    this.#metrics.close();
    this.#timing.close();
    this.#events.close();
  }
}

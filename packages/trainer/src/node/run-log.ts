import { join } from 'node:path';
import { encodeMetric, encodeTiming, type MetricRecord, type TimingRecord } from '../metrics/metric-record';
import { JsonLinesFile } from './json-lines-file';

/** How a log is opened. */
export interface RunLogOptions {
  /** Steps of the checkpoint that the run goes on from: later lines are dropped. Absent: both files start anew. */
  readonly resumeAfterStep?: number;
}

/**
 * The numbers of a run, as they come: `metrics.jsonl`, equal bit for bit for equal runs, and `timing.jsonl`, which is not.
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
  readonly #metrics: JsonLinesFile;
  readonly #timing: JsonLinesFile;

  constructor(out: string, options: RunLogOptions = {}) {
    const keepThrough = options.resumeAfterStep ?? null;
    this.#metrics = new JsonLinesFile(join(out, 'metrics.jsonl'), keepThrough);
    this.#timing = new JsonLinesFile(join(out, 'timing.jsonl'), keepThrough);
  }

  /** Adds a line to `metrics.jsonl`. */
  metric(record: MetricRecord): void {
    this.#metrics.append(encodeMetric(record));
  }

  /** Adds a line to `timing.jsonl`. */
  timing(record: TimingRecord): void {
    this.#timing.append(encodeTiming(record));
  }

  /** Waits until every line is on the disk. */
  flush(): void {
    this.#metrics.flush();
    this.#timing.flush();
  }

  /** Flushes and closes both files. */
  close(): void {
    this.#metrics.close();
    this.#timing.close();
  }
}

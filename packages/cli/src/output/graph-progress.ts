import type { GraphProgress } from '@bravais/trainer/node';
import { SingleBar } from 'cli-progress';
import { formatCount, formatDuration } from './format-number';
import type { Output } from './output';

/** Less is not worth a word. */
const QUIET_MS = 1000;
/** Least time between two lines, in ms. */
const INTERVAL_MS = 5000;

/** Shows how far the graphs of a data set are, and what became of the folder that keeps them. */
export interface ShownGraphs {
  onProgress(progress: GraphProgress): void;
  onNote(text: string): void;
  /** Leaves the terminal as it was. */
  stop(): void;
}

/**
 * A bar where stderr is a terminal, a line every 5 s where it is not, nothing when quiet; one line at the end where it took more than a
 * second.
 *
 * @param nowMs clock that never goes back, in ms
 */
export function graphProgress(output: Output, nowMs: () => number): ShownGraphs {
  const bar = output.stderr.isTTY && !output.quiet ? graphBar(output) : null;
  let startedMs: number | null = null;
  let saidMs = 0;
  let shown = false;
  const stop = (): void => {
    if (shown) bar?.stop();
    shown = false;
  };
  return {
    onProgress({ done, total, cached }) {
      const now = nowMs();
      if (startedMs === null) {
        startedMs = now;
        saidMs = now;
      }
      if (done === total) {
        stop();
        if (now - startedMs > QUIET_MS) {
          const found = cached === 0 ? '' : `, ${formatCount(cached)} of them made before`;
          output.talk(`${formatCount(total)} graphs in ${formatDuration((now - startedMs) / 1000)}${found}`);
        }
      } else if (bar) {
        if (shown) bar.update(done);
        else bar.start(total, done);
        shown = true;
      } else if (now - saidMs >= INTERVAL_MS) {
        saidMs = now;
        output.talk(`graphs ${formatCount(done)}/${formatCount(total)}`);
      }
    },
    onNote(text) {
      stop();
      output.talk(`note: ${text}`);
    },
    stop,
  };
}

function graphBar(output: Output): SingleBar {
  return new SingleBar({
    stream: output.stderr,
    format: '{bar} {value}/{total} graphs  ETA {eta_formatted}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    // A hidden cursor would stay hidden after a second Ctrl-C.
    hideCursor: false,
    linewrap: false,
    fps: 5,
  });
}

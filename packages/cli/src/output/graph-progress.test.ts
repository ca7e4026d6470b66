import { describe, expect, it } from 'vitest';
import { MemoryStream } from '../testing/memory-stream';
import { graphProgress } from './graph-progress';
import { Output } from './output';

/** What is said of steps [ms, done, cached] of 36,000 graphs. */
function said(steps: readonly (readonly [number, number, number])[], quiet = false): string[] {
  const stderr = new MemoryStream();
  let now = 0;
  const shown = graphProgress(new Output(new MemoryStream(), stderr, quiet), () => now);
  for (const [at, done, cached] of steps) {
    now = at;
    shown.onProgress({ done, total: 36_000, cached });
  }
  shown.stop();
  return stderr.text.split('\n').slice(0, -1);
}

describe('graphProgress', () => {
  it('says nothing of what is done at once, or when quiet', () => {
    expect(
      said([
        [0, 500, 0],
        [900, 36_000, 0],
      ]),
    ).toEqual([]);
    expect(
      said(
        [
          [0, 500, 0],
          [20_000, 36_000, 0],
        ],
        true,
      ),
    ).toEqual([]);
  });

  it('says a line every 5 s at most, and how it ended', () => {
    const steps = Array.from({ length: 12 }, (_, k) => [1000 * k, 3000 * (k + 1), 3000] as const);
    expect(said(steps)).toEqual([
      'graphs 18,000/36,000',
      'graphs 33,000/36,000',
      '36,000 graphs in 0:11, 3,000 of them made before',
    ]);
  });

  it('says notes', () => {
    const stderr = new MemoryStream();
    graphProgress(new Output(new MemoryStream(), stderr), () => 0).onNote('no graphs are kept');
    expect(stderr.text).toBe('note: no graphs are kept\n');
  });
});

import type { Start } from '../start/measure-start';
import { markdownTable } from './markdown-table';

/** Seconds to the first training step without and with the driver's cache. */
export function startTable(starts: readonly Start[]): string {
  return markdownTable(
    ['start', 'kernels', 'device open, s', 'first step, s', 'later step, s'],
    starts.map(({ cache, kernels, openSeconds, firstStepSeconds, stepSeconds }) => [
      cache,
      String(kernels),
      openSeconds.toFixed(2),
      firstStepSeconds.toFixed(2),
      stepSeconds.toFixed(3),
    ]),
  );
}

/** The part of the page about the first step. */
export function startSection(starts: readonly Start[]): string {
  return [
    '## First step',
    "The first training step of a model of structure and spectrum (that of `bravais doctor --bench`) in a new process: with Mesa's shader cache off, and with the cache that an earlier process has left on disk. A kernel is compiled when it is launched for the first time.",
    startTable(starts),
  ].join('\n\n');
}

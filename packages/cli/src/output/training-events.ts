import { leakageText } from '@bravais/datasets/splits';
import type { TrainingEvent } from '@bravais/trainer';
import { formatBytes, formatCount, formatValue } from './format-number';

type EventOf<Kind extends TrainingEvent['kind']> = Extract<TrainingEvent, { kind: Kind }>;

/** `256 train, 32 val, 32 test materials; 84,000 parameters; 400 steps`. */
export function preparedLine(event: EventOf<'prepared'>): string {
  const { train, val, test } = event.materials;
  const start = event.startStep > 0 ? `, resumed after step ${event.startStep}` : '';
  return `${formatCount(train)} train, ${formatCount(val)} val, ${formatCount(test)} test materials; ${formatCount(event.parameterCount)} parameters; ${formatCount(event.steps)} steps${start}`;
}

/** Where a run goes on from, and a line for each checkpoint that was passed over. */
export function resumedLines({ folder, step, passedOver }: EventOf<'resumed'>): string[] {
  return [
    ...passedOver.map((reason) => `note: passed over ${reason}`),
    `going on from ${folder}, step ${step}`,
  ];
}

/** What has changed since the checkpoint was written. */
export function environmentLine({ changes }: EventOf<'environment-changed'>): string {
  const known = changes.filter(({ before }) => before !== null);
  const parts = known.map(({ name, before, now }) => `${name} ${before}, now ${now ?? 'none'}`);
  if (known.length < changes.length) {
    const unknown = changes.filter(({ before }) => before === null);
    parts.push(`not told: ${unknown.map(({ name }) => name).join(', ')}`);
  }
  return `note: the checkpoint was written with ${parts.join('; ')}. The run goes on, and may give other bits`;
}

/** `first step 4.2 s, most of it to compile kernels; device memory at most 93 MiB`. */
export function compiledLine({ seconds, peakDeviceBytes }: EventOf<'compiled'>): string {
  return `first step ${formatValue(seconds)} s, most of it to compile kernels; device memory at most ${formatBytes(peakDeviceBytes)}`;
}

/** What splits have in common, a few lines. */
export function leakageLine({ report }: EventOf<'leakage'>): string {
  return leakageText(report);
}

/** `masked tokens 200/2000  loss 3.1`. */
export function maskedTokensLine({ step, steps, loss }: EventOf<'masked-tokens'>): string {
  return `masked tokens ${step}/${steps}  loss ${formatValue(loss)}`;
}

/** Why steps are not replayed. */
export function uncapturedLine({ reason }: EventOf<'uncaptured'>): string {
  return `note: steps are not recorded for replay, which costs time only: ${reason}`;
}

/** Of a target, what decides on its best checkpoint. */
const OF_TARGET = /\/(mae|accuracy)$/;

/** Metrics averaged over all directions, `r@1 0.27  r@10 0.71  mrr 0.41`, and the error of each target, `gap/mae 0.3`; the rest is left to the files. */
export function metricsText(metrics: Readonly<Record<string, number>>): string {
  return Object.entries(metrics)
    .filter(([name]) => !name.includes('/') || OF_TARGET.test(name))
    .map(([name, value]) => `${name} ${formatValue(value)}`)
    .join('  ');
}

/** The one score of an evaluation that there is room for, `mrr 0.41` or `gap/mae 0.3`; `undefined` where there is none. */
export function headlineText(metrics: Readonly<Record<string, number>>): string | undefined {
  const found = Object.entries(metrics).find(([name]) => name === 'mrr' || OF_TARGET.test(name));
  return found && `${found[0]} ${formatValue(found[1])}`;
}

import { z } from 'zod';
import { type ClassificationConfig, classificationKind } from './classification';
import { type RegressionConfig, regressionKind } from './regression';
import type { TargetKind } from './target-kind';

/** What is to be predicted, and how. */
export type TargetConfig = RegressionConfig | ClassificationConfig;

/** Targets of an experiment by the names that parameters, metrics and predictions carry, in the order of the names. */
export type TargetConfigs = Readonly<Record<string, TargetConfig>>;

/** Every kind that `targets.<name>.kind` may name. */
const KINDS: {
  readonly [K in TargetConfig['kind']]: TargetKind<Extract<TargetConfig, { kind: K }>>;
} = {
  regression: regressionKind,
  classification: classificationKind,
};

const [first, ...others] = Object.values(KINDS).map(({ schema }) => schema);

/** Checks `targets` and fills in the defaults of each kind. */
export const targetsSchema: z.ZodType<TargetConfigs> = z
  .record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/),
    z.discriminatedUnion('kind', [first!, ...others]),
  )
  .refine((targets) => Object.keys(targets).length > 0, { error: 'a mapping with at least one target' })
  // Heads and their dropout are keyed by place: the order in which a file names them says nothing.
  .overwrite((targets) => Object.fromEntries(Object.entries(targets).sort(([a], [b]) => (a < b ? -1 : 1))))
  .describe('Properties to predict, by names of your choice: letters, digits, _ and -.');

/** The kind that a config names. */
export function targetKind({ kind }: Pick<TargetConfig, 'kind'>): TargetKind<TargetConfig> {
  return KINDS[kind];
}

/** A target in words, `e_form by l1, from structure`. */
export function describeTarget(config: TargetConfig): string {
  return `${targetKind(config).describe(config)}, from ${config.modality}`;
}

/** The metric that decides on the best checkpoint of an experiment with these targets, `val/gap/mae`: that of the first by name. */
export function defaultKeepBest(targets: TargetConfigs): string {
  const [name, config] = Object.entries(targets)[0]!;
  return `val/${name}/${targetKind(config).bestMetric}`;
}

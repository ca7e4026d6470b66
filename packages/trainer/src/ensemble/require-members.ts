import type { ExperimentConfig } from '../config';
import { EnsembleError } from './ensemble-error';

/** A trained model as a member of an ensemble. */
export interface Member {
  /** Names it in messages. */
  readonly path: string;
  readonly config: ExperimentConfig;
}

/**
 * Refuses models that are not one experiment with different seeds.
 *
 * @throws {EnsembleError} `CONFIG`, with the first key that differs, in the order of the first member's config; `SEED`
 */
export function requireMembers(members: readonly Member[]): void {
  members.forEach((member, place) => {
    const { seed: _, ...first } = members[0]!.config;
    const { seed, ...own } = member.config;
    const key = firstDifference(first, own);
    if (key !== null) {
      const [expected, got] = [first, own].map((config) => JSON.stringify(valueAt(config, key)) ?? 'nothing');
      const message = `${member.path}: the config of ${members[0]!.path} but for the seed expected, got ${key} ${got} in place of ${expected}. Train the members of an ensemble from one file with --seed.`;
      throw new EnsembleError('CONFIG', message);
    }
    const twin = members.slice(0, place).find(({ config }) => config.seed === seed);
    if (twin) {
      const message = `${member.path}: a seed of its own expected, got ${seed} as ${twin.path} has. Train another member with --seed.`;
      throw new EnsembleError('SEED', message);
    }
  });
}

/** Path of the first leaf in which two plain values differ, `model.structure.width`; `null` where they are equal. */
function firstDifference(a: unknown, b: unknown, path = ''): string | null {
  if (!isObject(a) || !isObject(b)) return JSON.stringify(a) === JSON.stringify(b) ? null : path;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = firstDifference(a[key], b[key], path === '' ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce((at, key) => (isObject(at) ? at[key] : undefined), value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Versions of what computes, by name: `node`, `@bravais/trainer`, `webgpu` (the build of Dawn). */
export type SoftwareVersions = Readonly<Record<string, string>>;

/** Something that is not as it was when a checkpoint was written. */
export interface EnvironmentChange {
  /** A name of {@link SoftwareVersions}, or `adapter`. */
  readonly name: string;
  /** `null` where the checkpoint does not say. */
  readonly before: string | null;
  /** `null` where there is none any more. */
  readonly now: string | null;
}

/** What differs, in the order of `now`, then what is gone. */
export function environmentChanges(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): EnvironmentChange[] {
  const versionIn = (of: Readonly<Record<string, string>>, name: string): string | null =>
    Object.hasOwn(of, name) ? of[name]! : null;
  return [...new Set([...Object.keys(now), ...Object.keys(before)])]
    .map((name) => ({ name, before: versionIn(before, name), now: versionIn(now, name) }))
    .filter((change) => change.before !== change.now);
}

/** `node 24.1.0, webgpu 0.6.2`; says so where nothing is known. */
export function describeVersions(versions: SoftwareVersions | undefined): string {
  const named = Object.entries(versions ?? {}).map(([name, version]) => `${name} ${version}`);
  return named.length === 0 ? 'not recorded' : named.join(', ');
}

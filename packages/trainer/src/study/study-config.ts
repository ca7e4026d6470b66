/** One row of a study: an experiment, changed. */
export interface StudyArm {
  /** What tables call it; the key where left out. */
  readonly label?: string;
  /** Another experiment file than that of the study, relative to the study's file. */
  readonly experiment?: string;
  /** `key.path=value` changes, after those of the study. */
  readonly set: readonly string[];
  /** Arm further up whose run of the same repeat this one starts from, as `init.checkpoint`. */
  readonly startFrom?: string;
  /** Arm that this one is compared with, repeat by repeat. */
  readonly against?: string;
  /** Whether it is evaluated; an arm that others only start from need not be. */
  readonly measured: boolean;
}

/** A table of experiments: every arm is trained and evaluated once for every repeat. */
export interface StudyConfig {
  readonly name: string;
  readonly description?: string;
  /** Experiment file that arms change, relative to the study's file. */
  readonly experiment: string;
  readonly split: 'val' | 'test';
  /** The field of the config that repeats differ by, a seed or a fold, and its values. */
  readonly repeats: { readonly key: string; readonly values: readonly number[] };
  /** Names of the figures in the table, such as `R@1` or `MAE`. */
  readonly scores: readonly string[];
  /** `key.path=value` changes of every arm. */
  readonly set: readonly string[];
  /** By name, in the order they are trained. */
  readonly arms: Readonly<Record<string, StudyArm>>;
}

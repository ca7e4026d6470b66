/** What a process that trains its first steps prints. */
export interface StartLine {
  readonly adapter: string;
  /** Compute pipelines made, each compiled at its first launch. */
  readonly kernels: number;
  /** From the start of the process until the device was open. */
  readonly openSeconds: number;
  /** The first training step, with all that is compiled in it. */
  readonly firstStepSeconds: number;
  /** A step later on, the median. */
  readonly stepSeconds: number;
}

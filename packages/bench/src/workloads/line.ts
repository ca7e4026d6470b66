import type { Workload } from './workloads';

/** Who computed, and on what. */
export interface PeerIdentity {
  /** Name of the contestant, as on the command line. */
  readonly peer: string;
  readonly version: string;
  /** Driver of the GPU, or what stands in for one. */
  readonly adapter: string;
}

/** What a peer's process prints for each workload, one JSON document a line. */
export type WorkloadLine = PeerIdentity & { readonly work: Workload } & (
    | {
        /** Best wall-clock time of a run, in ms. */
        readonly ms: number;
        /** The scalar that the first run ended with. */
        readonly check: number;
        /** Seconds spent on the workload, with what was compiled for it. */
        readonly total_s: number;
      }
    | { readonly error: string }
  );

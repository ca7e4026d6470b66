import type { LeakageReport } from '@bravais/datasets/splits';
import type { EnvironmentChange } from '../checkpoint';

/** `last` and `best`, and where a run diverged the state before the step that did. */
export type CheckpointName = 'last' | 'best' | 'diverged';

/** What a training run tells whoever watches it; nothing in it changes the run. */
export type TrainingEvent =
  | {
      /** The run goes on from a checkpoint; sent before the data is read. */
      readonly kind: 'resumed';
      readonly folder: string;
      readonly step: number;
      /** Why other checkpoints, perhaps newer ones, were not used. */
      readonly passedOver: readonly string[];
    }
  | {
      /** The run goes on with other versions or on another adapter than the checkpoint was written with, and may give other bits; sent after `resumed`. */
      readonly kind: 'environment-changed';
      readonly changes: readonly EnvironmentChange[];
    }
  | {
      /** What the splits of the data have in common, looked at whenever they are used. */
      readonly kind: 'leakage';
      readonly report: LeakageReport;
    }
  | {
      readonly kind: 'prepared';
      /** Materials in each split. */
      readonly materials: Readonly<Record<'train' | 'val' | 'test', number>>;
      readonly modalities: readonly string[];
      readonly parameterCount: number;
      readonly steps: number;
      readonly stepsPerEpoch: number;
      /** Step the run starts from; above 0 when it resumes. */
      readonly startStep: number;
    }
  | {
      /** The first step is done; most of its time went into compiling kernels. */
      readonly kind: 'compiled';
      readonly seconds: number;
      /** Most bytes of tensors live at once during the step, parameters and moments included. */
      readonly peakDeviceBytes: number;
    }
  | {
      /** Steps cannot be recorded and replayed; they run all the same, with more work on the host. */
      readonly kind: 'uncaptured';
      readonly reason: string;
    }
  | {
      readonly kind: 'step';
      /** Steps done, 1-based. */
      readonly step: number;
      readonly steps: number;
      readonly epoch: number;
      readonly loss: number;
      /** What the loss is the mean of, by name: `structure|text`. */
      readonly terms: Readonly<Record<string, number>>;
      readonly learningRate: number;
      readonly gradientNorm: number;
      readonly samplesPerSecond: number;
    }
  | {
      /** A step of masked-token training, before the alignment. */
      readonly kind: 'masked-tokens';
      /** Steps done, 1-based. */
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
    }
  | { readonly kind: 'evaluated'; readonly step: number; readonly metrics: Readonly<Record<string, number>> }
  | {
      readonly kind: 'checkpoint';
      readonly step: number;
      readonly name: CheckpointName;
      readonly folder: string;
    };

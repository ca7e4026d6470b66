import type { ViewOptions } from '@bravais/datasets';
import type { Device } from '@bravais/tensor-core';
import type { BestScore, Checkpoint, CheckpointContents } from '../checkpoint';
import type { ExperimentConfig } from '../config';
import type { MetricRecord, TimingRecord } from '../metrics';
import type { PreparedMaterial } from '../model';
import type { TextPretrainingSink } from '../text-pretraining/pretrain-text';
import type { CheckpointName, TrainingEvent } from './events';
import type { InitialWeights } from './initial-model';

/** Where a run puts what it produces; the caller decides on files, a page or nothing at all. */
export interface TrainingSink {
  metric(record: MetricRecord): void | Promise<void>;
  timing(record: TimingRecord): void | Promise<void>;
  checkpoint(name: CheckpointName, contents: CheckpointContents): Promise<void>;
  event(event: TrainingEvent): void;
}

export interface TrainingRun {
  readonly device: Device;
  readonly config: ExperimentConfig;
  readonly materials: readonly PreparedMaterial[];
  /** How the views of the materials were made; kept in checkpoints. */
  readonly viewOptions?: ViewOptions;
  /** Goes on from here; `null` starts at step 0. */
  readonly resume: Checkpoint | null;
  /** What `init` of the config names; needed where it is there and the run starts at step 0. */
  readonly init?: InitialWeights | null;
  /** Where `textPretraining` of the config keeps its state; left out, nowhere: a run that stops there begins it again. */
  readonly text?: TextPretrainingSink;
  /** Once aborted, the run saves a checkpoint after the steps underway and returns. */
  readonly signal: AbortSignal;
  readonly sink: TrainingSink;
}

/** How a run ended. */
export interface TrainingOutcome {
  /** `stopped-early` where `training.patience` was used up. */
  readonly status: 'finished' | 'interrupted' | 'stopped-early';
  readonly step: number;
  readonly steps: number;
  readonly best: BestScore | null;
  /** Most bytes of tensors live at once during a step, parameters and moments included; 0 where there was none. */
  readonly peakDeviceBytes: number;
}

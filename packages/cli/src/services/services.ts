import type { MaterialRecord, Structure } from '@bravais/datasets';
import type { GraphError } from '@bravais/graph-nn';
import type { Device } from '@bravais/tensor-core';
import type {
  DataConfig,
  EvaluationReport,
  ExperimentConfig,
  ExplanationReport,
  MetricRecord,
  PreparationConfig,
  PreparedStructure,
  PropertyPredictor,
  RangeReport,
  StructureEncoder,
} from '@bravais/trainer';
import type {
  CalibratedModel,
  CalibrateOptions,
  EvaluateOptions,
  ExplainOptions,
  FindLearningRateOptions,
  PrepareGraphsOptions,
  PretrainOptions,
  PretrainSummary,
  RunHistory,
} from '@bravais/trainer/node';
import type { DeviceBench } from '../bench/device-bench';
import type { ProfileRequest, TrainingProfile } from '../profile/profile-training';

/** `auto`: hardware where there is any, else a software driver. */
export type DeviceChoice = 'auto' | 'hardware' | 'software';

/** Which device a command computes on, and how much of its memory. */
export interface DeviceRequest {
  readonly device: DeviceChoice;
  /** MiB that tensors may take; none: as much as there is. */
  readonly memoryBudget?: number;
}

/** Materials of each split. */
export type SplitCounts = Readonly<Record<MaterialRecord['split'], number>>;

/** A training run that is watched and can be stopped. */
export type WatchedPretrain = PretrainOptions & Required<Pick<PretrainOptions, 'signal' | 'onEvent'>>;

/** Everything the commands do to the world beside printing and writing their own results; tests hand in their own. */
export interface Services {
  openDevice(request: DeviceRequest): Promise<Device>;
  /** Roofs, products and a training rate; ends early where the signal comes. */
  benchDevice(device: Device, signal: AbortSignal): Promise<DeviceBench>;
  /** Reads and resolves an experiment file with `--set` options. */
  readConfig(file: string, overrides: readonly string[]): Promise<ExperimentConfig>;
  /** Resolves the text of an experiment; `file` names it in messages. */
  parseConfig(text: string, file: string, overrides: readonly string[]): Promise<ExperimentConfig>;
  /** Makes the folder and proves that it can be written. */
  ensureWritable(folder: string): Promise<void>;
  /** Reads every material of a config and builds its graph, as a training does, and counts them. */
  checkData(
    config: ExperimentConfig,
    dataRoot: string | undefined,
    how: PrepareGraphsOptions,
  ): Promise<SplitCounts>;
  /** Times the launches of a few training steps; writes nothing. */
  profileTraining(request: ProfileRequest): Promise<TrainingProfile>;
  /** Tries learning rates from low to high on the training split; writes nothing. */
  findLearningRate(options: FindLearningRateOptions): Promise<RangeReport>;
  pretrain(options: WatchedPretrain): Promise<PretrainSummary>;
  evaluate(options: EvaluateOptions): Promise<EvaluationReport>;
  explain(options: ExplainOptions): Promise<ExplanationReport>;
  /** The structure encoder of a run's folder (its `best` checkpoint, else `last`) or of a checkpoint folder. */
  openStructureEncoder(run: string, device: Device): Promise<StructureEncoder>;
  /** Writes a model by itself with a calibration in it. */
  calibrate(options: CalibrateOptions): Promise<CalibratedModel>;
  /** The predictor of the same checkpoint; of several, which must be seeds of one experiment, their ensemble. */
  openPropertyPredictor(runs: readonly string[], device: Device): Promise<PropertyPredictor>;
  /** Makes structures ready for the encoder of a model with this config; what is wrong with one stands in its place. */
  prepareStructures(
    structures: readonly Structure[],
    config: PreparationConfig,
    how: PrepareGraphsOptions,
  ): Promise<(PreparedStructure | GraphError)[]>;
  /** Config of the checkpoint that `evaluate` and `openStructureEncoder` would use. */
  readRunConfig(run: string): Promise<ExperimentConfig>;
  /** SHA-256 of that checkpoint's weights and config, in hexadecimal. */
  digestOfModel(run: string): Promise<string>;
  /** `metrics.jsonl` of a run, given the run's folder or a checkpoint in it; empty where there is none. */
  readMetrics(run: string): Promise<readonly MetricRecord[]>;
  /** How a run went, given its folder or a checkpoint in it; `null` for a model by itself. */
  readHistory(run: string): Promise<RunHistory | null>;
}

/** Where the data of a config comes from. */
export type DataSource = DataConfig['source'];

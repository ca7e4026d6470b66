import { join } from 'node:path';
import { leakageReport, partsOf } from '@bravais/datasets/splits';
import type { Device } from '@bravais/tensor-core';
import type { BestScore, Checkpoint, CheckpointError, SoftwareVersions } from '../checkpoint';
import { encodeCheckpoint, environmentChanges } from '../checkpoint';
import { configHash, type ExperimentConfig } from '../config';
import type { TextPretrainingSink } from '../text-pretraining/pretrain-text';
import { isTextCheckpoint } from '../text-pretraining/text-encoder';
import type { TrainingEvent } from '../training/events';
import { shuffleTrainingPairs } from '../training/shuffle-training-pairs';
import { type TrainingOutcome, train } from '../training/train';
import { TrainingError } from '../training/training-error';
import { calibrateRun } from './calibrate-run';
import { ensureWritable } from './ensure-writable';
import { findCheckpoint } from './find-checkpoint';
import type { PrepareGraphsOptions } from './graphs/prepare-graphs';
import { prepareRecords } from './graphs/prepare-records';
import { loadRecords } from './load-records';
import { loadViewOptions } from './load-view-options';
import { OutputError } from './output-error';
import { readCheckpoint } from './read-checkpoint';
import { readModel } from './read-model';
import { retainCheckpoint } from './retain-checkpoint';
import { RunLog } from './run-log';
import { softwareVersions } from './software-versions';
import { writeCheckpoint } from './write-checkpoint';

export interface PretrainOptions {
  readonly config: ExperimentConfig;
  /** Folder that the run writes into. */
  readonly outDir: string;
  /** `auto` goes on from the newest complete checkpoint in `outDir`, or starts anew; a path goes on from there. Default `null`: anew. */
  readonly resume?: 'auto' | string | null;
  readonly device: Device;
  /** Starts anew in a folder that holds a run of another config. Default false. */
  readonly overwrite?: boolean;
  /** Once aborted, the run saves a checkpoint after the steps underway and returns; before the first step it throws the reason. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TrainingEvent) => void;
  /** Folder that `data.root` is relative to. Default: the environment's `BRAVAIS_DATA`, else the working folder. */
  readonly dataRoot?: string;
  /** Threads that make the graphs of the data, and a folder that keeps them; nothing of it changes the run. */
  readonly graphs?: Omit<PrepareGraphsOptions, 'signal'>;
}

const NEVER = new AbortController().signal;

/** How a run ended, and where. */
export interface PretrainSummary {
  readonly status: TrainingOutcome['status'];
  readonly step: number;
  readonly steps: number;
  readonly outDir: string;
  readonly best: BestScore | null;
  /** Most bytes of tensors live at once during a step; 0 where there was none. */
  readonly peakDeviceBytes: number;
  /** Wall-clock time of this call. */
  readonly seconds: number;
}

/**
 * Trains as a config says and writes `metrics.jsonl`, `timing.jsonl`, a file of TensorBoard with the same metrics, and the checkpoints `last` and
 * `best` into `outDir`. A finished run that predicts from structures leaves its calibration in the checkpoint that is used.
 *
 * @throws {OutputError} where the folder cannot be written, before any work is done
 * @throws {DataError} where the data cannot be read
 * @throws {GraphError} where a crystal has no graph, with its id
 * @throws {CheckpointError} {@link TrainingError} where a run cannot be resumed; {@link CheckpointError} where `init.checkpoint` cannot be read
 */
export async function pretrain(options: PretrainOptions): Promise<PretrainSummary> {
  const { config, outDir, device, signal = NEVER, onEvent = () => undefined } = options;
  const started = performance.now();
  await ensureWritable(outDir);
  const versions = softwareVersions();
  const point = await checkpointToResume(options);
  if (point) {
    const passedOver = point.passedOver.map(({ message }) => message);
    onEvent({ kind: 'resumed', folder: point.folder, step: point.state.step, passedOver });
    const changes = environmentChanges(
      { ...point.state.versions, adapter: point.state.adapter },
      { ...versions, adapter: device.adapter.description },
    );
    if (changes.length > 0) onEvent({ kind: 'environment-changed', changes });
  }
  const [resume, resumeText] = point && isTextCheckpoint(point) ? [null, point] : [point, null];
  const init = config.init && !resume ? await readModel(config.init.checkpoint) : null;
  const records = await loadRecords(config.data, options.dataRoot, config.seed);
  onEvent({ kind: 'leakage', report: leakageReport(partsOf(records)) });
  const viewOptions = await loadViewOptions(config.data, options.dataRoot);
  const prepared = await prepareRecords(records, config, { ...options.graphs, signal });
  const materials = config.data.shuffledPairs ? shuffleTrainingPairs(prepared, config) : prepared;
  const text = config.textPretraining && !resume ? await openText(outDir, resumeText, versions) : null;
  const log = new RunLog(outDir, resume ? { resumeAfterStep: resume.state.step } : {});
  try {
    const outcome = await train({
      device,
      config,
      materials,
      viewOptions,
      resume,
      init,
      signal,
      ...(text ? { text: text.sink } : {}),
      sink: {
        metric: (record) => log.metric(record),
        timing: (record) => log.timing(record),
        async checkpoint(name, contents) {
          log.flush();
          const files = await encodeCheckpoint({ ...contents, versions });
          const { keep } = config.training;
          if (keep !== undefined && name === 'last') {
            await retainCheckpoint(outDir, contents.progress.step, files, keep);
          }
          const folder = await writeCheckpoint(outDir, name, files);
          onEvent({ kind: 'checkpoint', step: contents.progress.step, name, folder });
        },
        event: onEvent,
      },
    });
    const predicts = Object.values(config.targets ?? {}).some(({ modality }) => modality === 'structure');
    if (predicts && outcome.status !== 'interrupted') {
      await calibrateRun(outDir, outcome.best !== null, materials, device);
    }
    return { ...outcome, outDir, seconds: (performance.now() - started) / 1000 };
  } finally {
    log.close();
    text?.close();
  }
}

/** Folder in a run's folder that keeps masked-token training: `last` and its numbers. */
const TEXT_FOLDER = 'text-pretraining';

async function openText(
  outDir: string,
  resume: Checkpoint | null,
  versions: SoftwareVersions,
): Promise<{ readonly sink: TextPretrainingSink; readonly close: () => void }> {
  const folder = join(outDir, TEXT_FOLDER);
  await ensureWritable(folder);
  const log = new RunLog(folder, resume ? { resumeAfterStep: resume.state.step } : {});
  return {
    sink: {
      resume,
      metric: (record) => log.metric(record),
      async checkpoint(contents) {
        log.flush();
        await writeCheckpoint(folder, 'last', await encodeCheckpoint({ ...contents, versions }));
      },
    },
    close: () => log.close(),
  };
}

/** A checkpoint to go on from, and those that were not used because they are damaged. */
interface ResumePoint extends Checkpoint {
  readonly folder: string;
  readonly passedOver: readonly CheckpointError[];
}

/** The checkpoint that a run goes on from. Starting anew never buries the checkpoint of another experiment. */
async function checkpointToResume(options: PretrainOptions): Promise<ResumePoint | null> {
  const { config, outDir, resume = null, overwrite = false } = options;
  if (resume !== null && resume !== 'auto') {
    const read = await readCheckpoint(resume);
    return matching({ ...read, passedOver: read.passedOver ? [read.passedOver] : [] }, config);
  }
  const aligned = await findCheckpoint(outDir);
  // Masked-token training comes first: what is left of it counts only where no step of the alignment was kept.
  const isOpen = aligned.found === null && aligned.passedOver.length === 0;
  const { found, passedOver } = isOpen ? await findCheckpoint(join(outDir, TEXT_FOLDER)) : aligned;
  if (resume === 'auto') {
    if (found) return matching({ ...found, passedOver }, config);
    if (passedOver[0]) throw passedOver[0];
    return null;
  }
  if (found && !overwrite && found.state.configHash !== (await configHash(config))) {
    throw new OutputError(
      'OCCUPIED',
      outDir,
      `${outDir}: must be free or hold a run of this config, got checkpoints of another ("${found.config.name}", seed ${found.state.seed}, step ${found.state.step}). Choose another --out, or give --overwrite to lose them.`,
    );
  }
  return null;
}

async function matching(point: ResumePoint, config: ExperimentConfig): Promise<ResumePoint> {
  const hash = await configHash(config);
  if (point.state.configHash === hash) return point;
  throw new TrainingError(
    'RESUME_MISMATCH',
    `pretrain: ${point.folder} must be a checkpoint of this config (hash ${hash.slice(0, 12)}), got one of another (${point.state.configHash.slice(0, 12)}). Resume with the config.yaml inside it, or choose another --out.`,
  );
}

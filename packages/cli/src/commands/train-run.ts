import type { Device } from '@bravais/tensor-core';
import type { ExperimentConfig, TrainingEvent } from '@bravais/trainer';
import type { PretrainSummary } from '@bravais/trainer/node';
import { InterruptedError } from '../errors/cli-error';
import { graphProgress } from '../output/graph-progress';
import { trainingProgress } from '../output/training-progress';
import type { CommandOutcome, Session } from './session';

type Prepared = Extract<TrainingEvent, { kind: 'prepared' }>;

/** A training run that was shown to its end. */
export interface TrainRun {
  readonly summary: PretrainSummary;
  /** What it trained on and how much; `null` only where the trainer said nothing. */
  readonly prepared: Omit<Prepared, 'kind'> | null;
}

/** What {@link trainRun} needs beside the session. */
export interface TrainRequest {
  readonly config: ExperimentConfig;
  readonly outDir: string;
  readonly resume: string | null;
  /** Starts anew where another run stands. */
  readonly overwrite: boolean;
  readonly device: Device;
  readonly dataRoot: string | undefined;
  /** Folder that keeps the graphs of the data; `null`: none. */
  readonly cacheFolder: string | null;
}

/**
 * Trains with progress on stderr.
 *
 * @throws {InterruptedError} where Ctrl-C comes before the first step
 */
export async function trainRun(session: Session, request: TrainRequest): Promise<TrainRun> {
  const progress = trainingProgress(session.output, session.nowMs);
  const { onProgress, onNote, stop } = graphProgress(session.output, session.nowMs);
  let prepared: TrainRun['prepared'] = null;
  const { dataRoot, cacheFolder, ...options } = request;
  try {
    const summary = await session.services.pretrain({
      ...options,
      ...(dataRoot === undefined ? {} : { dataRoot }),
      graphs: { cacheFolder, onProgress, onNote },
      signal: session.signal,
      onEvent: (event) => {
        if (event.kind === 'prepared') {
          const { kind: _, ...facts } = event;
          prepared = facts;
        }
        progress.show(event);
      },
    });
    return { summary, prepared };
  } catch (error) {
    if (!session.signal.aborted || error !== session.signal.reason) throw error;
    throw new InterruptedError(
      'pretrain: stopped by Ctrl-C before the first step; there is nothing to save.',
    );
  } finally {
    stop();
    progress.stop();
  }
}

/** Exit code 130 with the command that goes on. */
export function interrupted(summary: PretrainSummary, resumeCommand: string): CommandOutcome {
  const message = `stopped by Ctrl-C after step ${summary.step} of ${summary.steps}; the checkpoint is in ${summary.outDir}. Go on with: ${resumeCommand}`;
  return {
    exitCode: 130,
    text: message,
    document: { ok: false, error: { code: 'INTERRUPTED', message }, summary },
  };
}

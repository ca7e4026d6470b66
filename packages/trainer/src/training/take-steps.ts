import { stepsPerEpoch } from '../data';
import { type AlignmentModel, modalitiesOf } from '../model';
import { isOutOfPatience } from './early-stopping';
import { evaluateStep } from './evaluate-step';
import { explainDivergence } from './explain-divergence';
import type { MaterialsBySplit } from './materials-by-split';
import type { ModelOptimizer } from './optimizer';
import { Pace } from './pace';
import { RunState } from './run-state';
import { StepLog } from './step-log';
import { StepsUnderway } from './steps-underway';
import { TrainingBatches } from './training-batches';
import type { TrainingOutcome, TrainingRun } from './training-run';

/**
 * Takes the steps of a run that are left, with their evaluations and checkpoints.
 *
 * @throws {TrainingError} `DIVERGED`
 */
export async function takeSteps(
  run: TrainingRun,
  { model, optimizer }: { readonly model: AlignmentModel; readonly optimizer: ModelOptimizer },
  bySplit: MaterialsBySplit,
  steps: number,
): Promise<TrainingOutcome> {
  const { config, device, sink } = run;
  const { batchSize, logEvery, checkpointEvery, evaluateEvery } = config.training;
  const perEpoch = stepsPerEpoch(bySplit.train.length, batchSize);
  announce(run, model, bySplit, { steps, stepsPerEpoch: perEpoch, startStep: optimizer.state.step });

  const state = await RunState.open(run, optimizer, perEpoch);
  // Nothing left to do: the checkpoint that was resumed may not have been `last`, which then was damaged.
  if (optimizer.state.step >= steps) await state.save('last');

  const batches = new TrainingBatches(config, bySplit.train);
  let peakDeviceBytes = 0;
  const pace = new Pace(Math.min(batchSize, bySplit.train.length));
  const log = new StepLog(sink, pace, {
    ...{ firstStep: optimizer.state.step + 1, steps, logEvery },
    peakDeviceBytes: () => peakDeviceBytes,
  });
  const underway = new StepsUnderway(async (done) => {
    const { step, loss, gradientNorm } = done;
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm))
      throw await explainDivergence({ step, loss, gradientNorm }, model, optimizer, batches, state);
    await log.add(done);
  });

  const outOfPatience = (): boolean =>
    bySplit.val.length > 0 && isOutOfPatience(config, state.best, optimizer.state.step);
  while (optimizer.state.step < steps && !outOfPatience()) {
    const index = optimizer.state.step;
    const step = index + 1;
    const epoch = Math.floor(index / perEpoch);
    const { learningRate } = optimizer;
    const batch = batches.at(index);
    const { result, peakLiveBytes } = await device.measurePeak(() =>
      optimizer.step(batch.materials, batch.dropoutKey),
    );
    peakDeviceBytes = Math.max(peakDeviceBytes, peakLiveBytes);
    await underway.add({ step, epoch, learningRate }, result, log.isLogged(step));

    const done = step === steps;
    const stopping = run.signal.aborted;
    const evaluating =
      bySplit.val.length > 0 && (done || (evaluateEvery !== null && step % evaluateEvery === 0));
    const saving = done || stopping || step % checkpointEvery === 0;
    if (evaluating || saving) await underway.settle();
    await pace.pause(async () => {
      if (evaluating) await evaluateStep({ step, epoch }, model, optimizer, bySplit.val, state, sink);
      if (saving || outOfPatience()) await state.save('last');
    });
    if (stopping && !done) break;
  }
  const { step } = optimizer.state;
  const early = outOfPatience() ? 'stopped-early' : 'interrupted';
  return { status: step === steps ? 'finished' : early, step, steps, best: state.best, peakDeviceBytes };
}

function announce(
  { sink }: TrainingRun,
  { config, parameters }: AlignmentModel,
  { train, val, test }: MaterialsBySplit,
  length: { readonly steps: number; readonly stepsPerEpoch: number; readonly startStep: number },
): void {
  sink.event({
    kind: 'prepared',
    materials: { train: train.length, val: val.length, test: test.length },
    modalities: modalitiesOf(config.model),
    parameterCount: parameters.entries.reduce((sum, { size }) => sum + size, 0),
    ...length,
  });
}

import { packParameters } from '@bravais/tensor-core/nn';
import { processSeconds } from './host-clock.mjs';
import { createPredictor, meanAbsoluteDifference, propertyPredictions } from './predictions.mjs';
import { createPropertyModel, initialParameters } from './property-model.mjs';
import { createRunState, loadWeights } from './run-state.mjs';
import { epochOrder, targetScale, trainEpoch } from './train-epoch.mjs';
import { createTrainingStep, LOSSES, SCHEDULES } from './training-step.mjs';

/** Training time that a process which dies may lose. */
const SAVE_INTERVAL_MS = 60_000;
/** At the last step, as a part of the peak rate. */
const FINAL_FRACTION = 0.001;
/** Places in the schedule of a training that ends with a budget. */
const PLACES = 10_000;

/**
 * The training of an encoder on one property: epochs of training steps, errors on the validation split with the averaged
 * parameters, and its state in the folder `run`.
 *
 * What is trained is the difference from the offsets, in standard deviations. It ends after `settings.epochs`, or, with
 * `settings.cpuMinutes` in their place, within the epoch in which its steps have taken as much CPU time of all threads: then the
 * schedule follows the part of that time which is gone, and no two runs have the same bits.
 *
 * @param {import('@bravais/tensor-core').Device} device
 * @param {{ train: object, val: object, settings: object, run: string }} options
 */
export function createPropertyTraining(device, { train, val, settings, run }) {
  checkSettings(settings, run);
  const { batch: batchSize, epochs, seed, dropout } = settings;
  const budget = settings.cpuMinutes ? 60 * settings.cpuMinutes : null;
  const model = createPropertyModel(device, settings, seed);
  const average = packParameters(device, initialParameters(settings, seed));
  if (settings.init !== '') {
    for (const { flat } of [model.parameters, average]) loadWeights(settings.init, model.parameters, flat);
  }
  const differences = { ...train, targets: differenceOf(train) };
  const scale = targetScale(differences.targets);
  const stepsPerEpoch = Math.floor(train.graphs.length / batchSize);
  let progress = { epochs: 0, steps: 0, seconds: 0, cpuSeconds: 0, best: null };
  let epochBegun = 0;
  const spent = () => (progress.cpuSeconds + processSeconds() - epochBegun) / budget;
  const { step, captured, state } = createTrainingStep(model, budget ? PLACES : epochs * stepsPerEpoch, {
    optimizer: {
      learningRate: settings.lr,
      warmupFraction: settings.warmup,
      finalFraction: FINAL_FRACTION,
      betas: [0.9, 0.999],
      epsilon: 1e-8,
      weightDecay: settings.decay,
      clipNorm: settings.clip,
    },
    schedule: settings.schedule,
    loss: settings.loss,
    average: { flat: average.flat, decay: settings.ema },
    dropoutSeed: dropout > 0 ? seed : null,
    ...(budget ? { placeOf: () => Math.min(1, spent()) * (PLACES - 1) } : {}),
  });
  const files = createRunState(run, settings, model, {
    parameters: model.parameters.flat,
    average: average.flat,
    firstMoment: state.moments.firstMoment,
    secondMoment: state.moments.secondMoment,
  });
  let savedAt = performance.now();

  const errorOf = async (data, predict) => {
    const predicted = await propertyPredictions(data, predict, scale, settings.target);
    return meanAbsoluteDifference(predicted, data.targets);
  };
  const predictVal = createPredictor(model, average.tree, val, batchSize);
  const finished = () => (budget ? progress.cpuSeconds >= budget : progress.epochs === epochs);

  return {
    captured,
    parameterCount: model.parameters.entries.reduce((sum, { size }) => sum + size, 0),
    get progress() {
      return progress;
    },
    stepsPerEpoch,
    get finished() {
      return finished();
    },

    refuseToOverwrite() {
      if (files.exists()) {
        throw new Error(
          `--run ${run} holds a training already. Go on with --resume, or name another folder.`,
        );
      }
    },

    load() {
      const loaded = files.load();
      // Runs from before there was a budget have no count of steps.
      progress = { steps: loaded.epochs * stepsPerEpoch, cpuSeconds: 0, ...loaded };
      state.done = progress.steps;
      return progress;
    },

    save: () => files.save(progress),

    /**
     * One pass over the training crystals, or what the budget leaves of it; after every `every` of them, and the last, the error on
     * the validation split.
     */
    async epoch(every) {
      const order = epochOrder(seed, progress.epochs, train.graphs.length, batchSize);
      const over = budget ? () => spent() >= 1 : undefined;
      epochBegun = processSeconds();
      const row = await trainEpoch({ model, step, data: differences, order, batchSize, scale, over });
      const done = progress.epochs + 1;
      if (!Number.isFinite(row.loss)) {
        throw new Error(
          `epoch ${done}: the loss must be finite, got ${row.loss}. Lower --lr; ${run} holds the last state before.`,
        );
      }
      const { seconds, steps, launches, loss } = row;
      progress = {
        ...progress,
        epochs: done,
        steps: progress.steps + steps,
        seconds: progress.seconds + seconds.total,
        cpuSeconds: progress.cpuSeconds + seconds.cpu,
      };
      const report = { epoch: done, ...seconds, steps, launches, loss };
      if (done % every === 0 || finished()) {
        report.valMae = await errorOf(val, predictVal);
        if (!(report.valMae >= progress.best?.valMae)) {
          progress = { ...progress, best: { valMae: report.valMae, epoch: done } };
          await files.saveBest(average.flat, progress.best);
        }
      }
      if (performance.now() - savedAt > SAVE_INTERVAL_MS) {
        await files.save(progress);
        savedAt = performance.now();
      }
      return report;
    },

    /** Puts the best parameters in place of the averages; gives back their error on the validation split and epoch. */
    loadBest: () => files.loadBest(average.flat),

    /** The error on another set. */
    error: (data) => errorOf(data, createPredictor(model, average.tree, data, batchSize)),
  };
}

function differenceOf({ targets, offsets }) {
  return targets.map((value, row) => value - offsets[row]);
}

function checkSettings({ schedule, loss, elements, basis, ema, dropout, warmup }, run) {
  if (run === '') throw new Error('--run must name a folder for the state of the training, got none.');
  const oneOf = (name, value, names) => {
    if (!names.includes(value))
      throw new Error(`--${name} must be one of ${names.join(', ')}, got "${value}".`);
  };
  oneOf('schedule', schedule, Object.keys(SCHEDULES));
  oneOf('loss', loss, Object.keys(LOSSES));
  oneOf('elements', elements, ['properties', 'learned']);
  oneOf('basis', basis ?? 'gaussian', ['gaussian', 'bessel']);
  for (const [name, value] of Object.entries({ ema, dropout, warmup })) {
    if (value >= 1) throw new Error(`--${name} must be below 1, got ${value}.`);
  }
}

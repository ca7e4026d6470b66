import { packParameters } from '@bravais/tensor-core/nn';
import { createPredictor, propertyError } from './predictions.mjs';
import { BASES, createPropertyModel, initialParameters } from './property-model.mjs';
import { createRunState, loadWeights } from './run-state.mjs';
import { epochOrder, targetScale, trainEpoch } from './train-epoch.mjs';
import { createTrainingStep, LOSSES, SCHEDULES } from './training-step.mjs';

/** Training time that a process which dies may lose. */
const SAVE_INTERVAL_MS = 60_000;
/** At the last step, as a part of the peak rate. */
const FINAL_FRACTION = 0.001;

/**
 * The training of an encoder on one property: epochs of training steps, errors on the validation split with the averaged
 * parameters, and its state in the folder `run`.
 *
 * What is trained is the difference from the offsets, in standard deviations.
 *
 * @param {import('@bravais/tensor-core').Device} device
 * @param {{ train: object, val: object, settings: object, run: string }} options
 */
export function createPropertyTraining(device, { train, val, settings, run }) {
  checkSettings(settings, run);
  const { batch: batchSize, epochs, seed, dropout } = settings;
  const model = createPropertyModel(device, settings, seed, dropout);
  const average = packParameters(device, initialParameters(settings, seed));
  if (settings.init !== '') {
    for (const { flat } of [model.parameters, average]) loadWeights(settings.init, model.parameters, flat);
  }
  const differences = { graphs: train.graphs, targets: differenceOf(train) };
  const scale = targetScale(differences.targets);
  const stepsPerEpoch = Math.floor(train.graphs.length / batchSize);
  const { step, captured, state } = createTrainingStep(model, epochs * stepsPerEpoch, {
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
  });
  const files = createRunState(run, settings, model, {
    parameters: model.parameters.flat,
    average: average.flat,
    firstMoment: state.moments.firstMoment,
    secondMoment: state.moments.secondMoment,
  });
  let progress = { epochs: 0, seconds: 0, best: null };
  let savedAt = performance.now();

  const errorOf = (data, predict) => propertyError(data, predict, scale, settings.target);
  const predictVal = createPredictor(model, average.tree, val.graphs, batchSize);

  return {
    captured,
    parameterCount: model.parameters.entries.reduce((sum, { size }) => sum + size, 0),
    get progress() {
      return progress;
    },
    get finished() {
      return progress.epochs === epochs;
    },

    refuseToOverwrite() {
      if (files.exists()) {
        throw new Error(
          `--run ${run} holds a training already. Go on with --resume, or name another folder.`,
        );
      }
    },

    load() {
      progress = files.load();
      state.done = progress.epochs * stepsPerEpoch;
      return progress;
    },

    save: () => files.save(progress),

    /** One pass over the training crystals; after every `every` of them, and the last, the error on the validation split. */
    async epoch(every) {
      const order = epochOrder(seed, progress.epochs, train.graphs.length, batchSize);
      const row = await trainEpoch({ model, step, data: differences, order, batchSize, scale });
      const done = progress.epochs + 1;
      if (!Number.isFinite(row.loss)) {
        throw new Error(
          `epoch ${done}: the loss must be finite, got ${row.loss}. Lower --lr; ${run} holds the last state before.`,
        );
      }
      progress = { ...progress, epochs: done, seconds: progress.seconds + row.seconds.total };
      const { seconds, steps, launches, loss } = row;
      const report = { epoch: done, ...seconds, steps, launches, loss };
      if (done % every === 0 || done === epochs) {
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
    error: (data) => errorOf(data, createPredictor(model, average.tree, data.graphs, batchSize)),
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
  oneOf('basis', basis ?? 'gaussian', Object.keys(BASES));
  for (const [name, value] of Object.entries({ ema, dropout, warmup })) {
    if (value >= 1) throw new Error(`--${name} must be below 1, got ${value}.`);
  }
}

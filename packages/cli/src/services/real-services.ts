import { createHash } from 'node:crypto';
import type { Device } from '@bravais/tensor-core';
import type { ExperimentConfig, PropertyPredictor } from '@bravais/trainer';
import type { PrepareGraphsOptions } from '@bravais/trainer/node';
import { benchDevice } from '../bench/device-bench';
import { profileTraining } from '../profile/profile-training';
import { readMetrics } from './read-metrics';
import type { Services, SplitCounts } from './services';

/** The packages themselves, each loaded when it is first needed, so that `--help` does not wait for them. */
export function realServices(): Services {
  const coreInNode = () => import('@bravais/tensor-core/node');
  const trainer = () => import('@bravais/trainer');
  const trainerInNode = () => import('@bravais/trainer/node');
  return {
    openDevice: async ({ device, memoryBudget }) =>
      (await coreInNode()).openDevice({
        adapter: device,
        ...(memoryBudget === undefined ? {} : { memoryBudgetBytes: memoryBudget * 2 ** 20 }),
      }),
    benchDevice,
    readConfig: async (file, overrides) => (await trainerInNode()).readConfig(file, overrides),
    parseConfig: async (text, file, overrides) => (await trainer()).parseConfig(text, { file, overrides }),
    ensureWritable: async (folder) => (await trainerInNode()).ensureWritable(folder),
    checkData,
    profileTraining,
    findLearningRate: async (options) => (await trainerInNode()).findLearningRate(options),
    pretrain: async (options) => (await trainerInNode()).pretrain(options),
    evaluate: async (options) => (await trainerInNode()).evaluate(options),
    explain: async (options) => (await trainerInNode()).explain(options),
    openStructureEncoder: async (run, device) => {
      const [{ restoreModel, structureEncoder }, { readModel }] = await Promise.all([
        trainer(),
        trainerInNode(),
      ]);
      return structureEncoder(restoreModel(device, await readModel(run)));
    },
    calibrate: async (options) => (await trainerInNode()).calibrateModel(options),
    openPropertyPredictor,
    prepareStructures: async (structures, config, how) =>
      (await trainerInNode()).prepareStructures(structures, config, how),
    readRunConfig: async (run) => (await (await trainerInNode()).readModel(run)).config,
    digestOfModel: async (run) => {
      const [{ encodeModel }, { readModel }] = await Promise.all([trainer(), trainerInNode()]);
      const bytes = await encodeModel(await readModel(run));
      return createHash('sha256').update(bytes).digest('hex');
    },
    readMetrics,
    readHistory: async (run) => (await trainerInNode()).readHistory(run),
  };
}

async function openPropertyPredictor(runs: readonly string[], device: Device): Promise<PropertyPredictor> {
  const { ensemblePredictor, propertyPredictor, requireMembers, restoreModel, storedCalibration } =
    await import('@bravais/trainer');
  const { readModel } = await import('@bravais/trainer/node');
  const members = await Promise.all(runs.map(readModel));
  requireMembers(members);
  const predictors = members.map((member) =>
    propertyPredictor(restoreModel(device, member), storedCalibration(member)),
  );
  return predictors.length === 1 ? predictors[0]! : ensemblePredictor(predictors);
}

async function checkData(
  config: ExperimentConfig,
  dataRoot: string | undefined,
  how: PrepareGraphsOptions,
): Promise<SplitCounts> {
  const { loadRecords, prepareRecords } = await import('@bravais/trainer/node');
  const materials = await prepareRecords(await loadRecords(config.data, dataRoot), config, how);
  const counts = { train: 0, val: 0, test: 0 };
  for (const { split } of materials) counts[split]++;
  return counts;
}

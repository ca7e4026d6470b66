import type { Structure } from '@bravais/datasets';
import { GraphError } from '@bravais/graph-nn';
import type { AdapterDescription, Device } from '@bravais/tensor-core';
import {
  type ExperimentConfig,
  type PreparedStructure,
  type PropertyPredictor,
  parseConfig,
  type StructureAssessment,
  type StructureEncoder,
} from '@bravais/trainer';
import type { PretrainOptions, PretrainSummary } from '@bravais/trainer/node';
import type { Services, WatchedPretrain } from '../services/services';
import { sampleExplanation } from './sample-explanation';
import { sampleBench, sampleProfile, sampleRange } from './sample-measurements';
import { sampleConfig, sampleEvaluation, sampleMetrics } from './sample-report';

/** What a software driver says of itself. */
const sampleAdapter: AdapterDescription = {
  vendor: 'mesa',
  architecture: '',
  device: 'llvmpipe',
  description: 'llvmpipe (LLVM 15.0.6, 256 bits)',
  kind: 'software',
  subgroupSize: 8,
  features: ['shader-f16', 'subgroups'],
  limits: { maxStorageBufferBindingSize: 134_217_728, maxComputeInvocationsPerWorkgroup: 1024 },
};

/** Services without a GPU or a disk, and the calls that came, in order. */
export interface FakeServices extends Services {
  readonly calls: readonly string[];
  readonly pretrained: readonly PretrainOptions[];
  readonly configs: readonly ExperimentConfig[];
}

/** Services that succeed; `changes` makes some of them behave otherwise. */
export function fakeServices(changes: Partial<Services> = {}): FakeServices {
  const calls: string[] = [];
  const pretrained: PretrainOptions[] = [];
  const configs: ExperimentConfig[] = [];
  const device = {
    adapter: sampleAdapter,
    destroy: () => calls.push('destroy'),
  } as unknown as Device;
  const services: Services = {
    openDevice: async () => device,
    benchDevice: async () => sampleBench,
    profileTraining: async () => sampleProfile,
    findLearningRate: async () => sampleRange,
    readConfig: async (file, overrides) => parseConfig(configYaml, { file, overrides }),
    parseConfig: async (text, file, overrides) => parseConfig(text, { file, overrides }),
    ensureWritable: async () => undefined,
    checkData: async () => ({ train: 200, val: 20, test: 30 }),
    pretrain: async (options) => {
      announce(options);
      return finished(options);
    },
    evaluate: async () => sampleEvaluation(24),
    explain: async () => sampleExplanation(),
    openStructureEncoder: async () => sampleEncoder,
    openPropertyPredictor: async (runs) => samplePredictor(runs),
    calibrate: async ({ out }) => ({
      folder: out,
      bytes: 2048,
      calibration: { scores: { gap: new Float32Array(60) }, novelty: null },
    }),
    prepareStructures: async (structures) => structures.map(preparedOrError),
    readRunConfig: async () => sampleConfig('jarvis-phdos'),
    digestOfModel: async (run) => `digest of ${run}`,
    readMetrics: async () => sampleMetrics(80),
    readHistory: async () => null,
    ...changes,
  };
  const recorded: Services = {
    ...services,
    openDevice: (request) => record('openDevice', () => services.openDevice(request)),
    ensureWritable: (folder) => record('ensureWritable', () => services.ensureWritable(folder)),
    profileTraining: (request) => {
      configs.push(request.config);
      return record('profileTraining', () => services.profileTraining(request));
    },
    findLearningRate: (options) => {
      configs.push(options.config);
      return record('findLearningRate', () => services.findLearningRate(options));
    },
    pretrain: (options) => {
      pretrained.push(options);
      configs.push(options.config);
      return record('pretrain', () => services.pretrain(options));
    },
    evaluate: (options) => record('evaluate', () => services.evaluate(options)),
    openStructureEncoder: (path, on) =>
      record('openStructureEncoder', () => services.openStructureEncoder(path, on)),
  };
  function record<T>(name: string, call: () => Promise<T>): Promise<T> {
    calls.push(name);
    return call();
  }
  return { ...recorded, calls, pretrained, configs };
}

/** Embeds a crystal as [sites, 1 / 3]; refuses hydrogen as a crystal without neighbours is refused. */
export const sampleEncoder: StructureEncoder = {
  embeddingDim: 2,
  prepare({ atomicNumbers }) {
    if (atomicNumbers.includes(1)) {
      throw new GraphError('ISOLATED_SITE', 'sampleEncoder: site 0 must have a neighbour, got none.');
    }
    const graph = {
      volumeAngstrom3: 1,
      atomicNumbers,
      edgeSource: new Int32Array(0),
      edgeDistance: new Float32Array(0),
      targetOffsets: new Int32Array(atomicNumbers.length + 1),
    };
    return { graph, descriptors: new Float32Array(0) };
  },
  embed: async (prepared) =>
    Float32Array.from(prepared.flatMap(({ graph }) => [graph.atomicNumbers.length, 1 / 3])),
};

/** Predicts a gap of 1/3 eV a site with an interval of 0.1 eV on both sides, and class 1 for more than one site; flags fluorine. */
function samplePredictor(runs: readonly string[]): PropertyPredictor {
  const ofCrystal = (sites: number, level: number): StructureAssessment['predictions'] => ({
    gap: {
      value: sites / 3,
      ...(runs.length > 1
        ? { deviation: 0.05 }
        : { interval: { low: sites / 3 - 0.1, high: sites / 3 + 0.1, level } }),
    },
    large: sites > 1 ? { value: 1, probabilities: [0.25, 0.75] } : { value: 0, probabilities: [0.75, 0.25] },
  });
  const assess: PropertyPredictor['assess'] = async (prepared, level = 0.9) =>
    prepared.map(({ graph: { atomicNumbers } }) => {
      const unseenElements = atomicNumbers.includes(9) ? ['F'] : [];
      return {
        predictions: ofCrystal(atomicNumbers.length, level),
        novelty: { distance: 0.25, percentile: 37, unseenElements, flagged: unseenElements.length > 0 },
      };
    });
  return {
    properties: [
      { name: 'gap', kind: 'regression', property: 'gap', unit: 'eV' },
      { name: 'large', kind: 'classification', property: 'sites', unit: '', classes: [0, 1] },
    ],
    prepare: sampleEncoder.prepare,
    predict: async (prepared) => (await assess(prepared)).map(({ predictions }) => predictions),
    assess,
  };
}

function preparedOrError(structure: Structure): PreparedStructure | GraphError {
  try {
    return sampleEncoder.prepare(structure);
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}

const configYaml = `name: smoke
data: { source: reference }
model: { structure: { kind: cgcnn }, views: { phononDos: { kind: mlp } } }
loss: { kind: all-pairs-clip }
optim: { schedule: { kind: constant } }
training: { steps: 40 }
`;

function announce({ onEvent }: WatchedPretrain): void {
  const materials = { train: 200, val: 20, test: 30 };
  const modalities = ['structure', 'phononDos'];
  const counts = { parameterCount: 84_000, steps: 40, stepsPerEpoch: 4, startStep: 0 };
  onEvent({ kind: 'prepared', materials, modalities, ...counts });
  for (const step of [20, 40]) {
    const rates = { learningRate: 1e-3, gradientNorm: 1, samplesPerSecond: 400 };
    onEvent({ kind: 'step', step, steps: 40, epoch: step / 4, loss: 50 / step, terms: {}, ...rates });
  }
  onEvent({ kind: 'evaluated', step: 40, metrics: { mrr: 0.4, 'structure-to-phononDos/mrr': 0.5 } });
}

/** Summary of a run that came to its end. */
export function finished({ outDir }: Pick<PretrainOptions, 'outDir'>): PretrainSummary {
  const best = { metric: 'val/mrr', value: 0.4, step: 40 };
  return {
    status: 'finished',
    step: 40,
    steps: 40,
    outDir,
    best,
    peakDeviceBytes: 96 * 2 ** 20,
    seconds: 12,
  };
}

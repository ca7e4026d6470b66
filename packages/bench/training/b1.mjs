// Trains experiments/b1-first.yaml with the trainer's own loop and prints JSON lines: one a epoch, then the result with the
// retrieval scores on the validation split. See README.md; build the packages first.
import { openDevice } from '@bravais/tensor-core/node';
import { train } from '@bravais/trainer';
import { loadB1 } from './b1-materials.mjs';
import { readOptions } from './read-options.mjs';

const options = readOptions({ epochs: 5, seed: 0 });
const { config, materials, ...loading } = await loadB1(options);
const device = await openDevice();
const { batchSize } = config.training;

const rows = [];
let scores = {};
let perEpoch = 0;
let mark = null;
const now = () => ({
  at: performance.now(),
  cpu: Object.values(process.cpuUsage()).reduce((a, b) => a + b),
  launches: device.stats.launches,
});
const watch = {
  prepared({ stepsPerEpoch, parameterCount, materials: counts }) {
    perEpoch = stepsPerEpoch;
    print('data', { ...counts, parameterCount, ...loading });
    mark = now();
  },
  step({ step, epoch, loss }) {
    if (step % perEpoch !== 0) return;
    const end = now();
    const seconds = (end.at - mark.at) / 1000;
    rows.push({ seconds, cpu: (end.cpu - mark.cpu) / 1e6, launches: end.launches - mark.launches });
    print('epoch', { epoch, ...rows.at(-1), lastLoss: loss });
    mark = end;
  },
  evaluated({ metrics }) {
    scores = metrics;
  },
};
await train({
  device,
  config,
  materials,
  resume: null,
  signal: new AbortController().signal,
  sink: {
    metric() {},
    timing() {},
    async checkpoint() {},
    event: (event) => watch[event.kind]?.(event),
  },
});

// Kernels are compiled in the first epoch, which counts only where there is no other.
const counted = rows.length > 1 ? rows.slice(1) : rows;
const mean = (part) => counted.reduce((sum, row) => sum + row[part], 0) / counted.length;
print('result', {
  side: 'bravais',
  adapter: device.adapter.description,
  seed: options.seed,
  batch: batchSize,
  crystalsPerSecond: (perEpoch * batchSize) / mean('seconds'),
  secondsPerEpoch: mean('seconds'),
  cpuSecondsPerEpoch: mean('cpu'),
  millisecondsPerStep: { total: (1000 * mean('seconds')) / perEpoch },
  launchesPerStep: mean('launches') / perEpoch,
  peakMegabytes: device.stats.peakLiveBytes / 2 ** 20,
  val: scores,
});
device.destroy();

function print(kind, values) {
  console.log(JSON.stringify({ kind, ...values }));
}

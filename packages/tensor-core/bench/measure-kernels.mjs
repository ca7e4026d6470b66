// Bytes a second of the ops that are bound by memory, and the speed of a GPU's matrix units where Dawn offers them:
// `node bench/measure-kernels.mjs [--out FILE]`. Build the package first, and leave the machine alone meanwhile.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureBandwidth, measureSubgroupMatrix, openDevice as openOn } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { create } from 'webgpu';

const { values: given } = parseArgs({ options: { out: { type: 'string' } } });
const device = await openDevice();
const bandwidth = await measureBandwidth(device);
for (const { op, kernels, milliseconds, gigabytesPerSecond } of bandwidth) {
  console.log(
    `${op.padEnd(26)} ${gigabytesPerSecond.toFixed(1).padStart(8)} GB/s ${milliseconds.toFixed(3).padStart(9)} ms  ${kernels.join(', ')}`,
  );
}
const matrices = await subgroupMatrix().catch((error) => ({ error: String(error) }));
const results = { adapter: device.adapter, bandwidth, subgroupMatrix: matrices };
console.log('subgroup matrices:', JSON.stringify(results.subgroupMatrix));
if (given.out) writeFileSync(given.out, `${JSON.stringify(results, null, 1)}\n`);
device.destroy();
process.exit();

/** On a device of its own: Dawn shows the feature, and f16 on NVIDIA, only to those who ask for what is not yet safe. */
async function subgroupMatrix() {
  const gpu = create([
    'enable-dawn-features=allow_unsafe_apis,vulkan_enable_f16_on_nvidia',
    'disable-dawn-features=timestamp_quantization',
  ]);
  const features = ['chromium-experimental-subgroup-matrix'];
  const unsafe = await openOn({ gpu, features });
  const { features: offered, subgroupMatrices } = unsafe.adapter;
  const found = { features: offered, configs: subgroupMatrices ?? [], speeds: [] };
  try {
    for (const side of [2048, 4096, 8192]) found.speeds.push(await measureSubgroupMatrix(unsafe, side));
    return found;
  } catch (error) {
    return { ...found, error: String(error) };
  } finally {
    unsafe.destroy();
  }
}

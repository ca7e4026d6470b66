import { measureRoofs } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { kernelCases } from './kernels/cases';
import type { KernelLine } from './kernels/line';
import { measureCase } from './kernels/measure-case';
import { printLine } from './workloads/time-workloads';
import { isWanted } from './workloads/workloads';

// `node dist/kernels.js [parts of names] [quick]`: the roofs of the adapter, then one JSON line a kernel.
const [only = '', pace = ''] = process.argv.slice(2);
const quick = pace === 'quick';
const print = (line: KernelLine): void => printLine(line);
const device = await openDevice();
const adapter = device.adapter.description;
print({ adapter, roofs: await measureRoofs(device) });
for (const kernelCase of kernelCases(quick, device.adapter.kind).filter(({ name }) => isWanted(name, only))) {
  try {
    print(await measureCase(device, kernelCase, quick ? 0.1 : 0.5));
  } catch (error) {
    print({ kernel: kernelCase.name, error: String(error).split('\n')[0]! });
  }
}
// Once more: other work on the machine lowers what is seen, never what is possible.
print({ adapter, roofs: await measureRoofs(device) });
device.destroy();

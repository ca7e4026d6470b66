import { openDevice } from '@bravais/tensor-core/node';
import { ourWorkloads } from './ours/workloads';
import { packageVersion } from './peers/package-version';
import { printLine, timeWorkloads, timingRequest } from './workloads/time-workloads';

// `node dist/ours.js [parts of workload names] [seconds]`: one JSON line a workload.
const device = await openDevice();
const identity = {
  peer: 'bravais',
  version: packageVersion('@bravais/tensor-core'),
  adapter: device.adapter.description,
};
await timeWorkloads(identity, ourWorkloads(device), timingRequest(process.argv.slice(2)), printLine);
device.destroy();

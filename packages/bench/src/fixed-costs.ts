import { openDevice } from '@bravais/tensor-core/node';
import { measureFixedCosts } from './fixed-costs/measure-fixed-costs';
import { printLine } from './workloads/time-workloads';

// `node dist/fixed-costs.js`: one JSON line.
const device = await openDevice();
printLine(await measureFixedCosts(device));
device.destroy();

import { openDevice } from '@bravais/tensor-core/node';
import { sizeCases } from './sizes/cases';
import type { SizeLine } from './sizes/line';
import { timeInTurns } from './sizes/time-in-turns';
import { printLine } from './workloads/time-workloads';
import { isWanted, WORKLOAD_NAMES } from './workloads/workloads';

// `node dist/sizes.js [parts of workload names] [turns]`: the adapter, then one JSON line a size.
const [only = '', turns = '12'] = process.argv.slice(2);
const print = (line: SizeLine): void => printLine(line);
const cases = sizeCases();
for (const name of WORKLOAD_NAMES.filter((each) => isWanted(each, only))) {
  // A device for each workload: its end frees what the recordings of all sizes hold.
  const device = await openDevice();
  print({ adapter: device.adapter.description });
  const ofWork = cases.filter(({ work }) => work === name);
  for (const line of await timeInTurns(device, ofWork, Number(turns))) print(line);
  device.destroy();
}

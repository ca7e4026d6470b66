import { driverCache, homeFolder } from '../../packages/tensor-core/src/node/driver-plan';
import { loadDawn } from '../../packages/tensor-core/src/node/index';

/** What the child process prints about this machine. */
export interface Probe {
  /** Name of the adapter that opened a device, `null` where there is none. */
  adapter: string | null;
  /** Folder for software drivers. */
  cache: string;
}

const adapter = await (await loadDawn()).requestAdapter();
const device = await adapter?.requestDevice();
device?.destroy();

export const probe: Probe = {
  adapter: adapter ? adapter.info.description || adapter.info.device || adapter.info.vendor : null,
  cache: driverCache({ env: process.env, home: homeFolder() }),
};

import { defaultDevice, init } from '@jax-js/jax';
import { installBrowserGpu } from './peers/browser-gpu';
import { jaxWorkloads } from './peers/jax-workloads';
import { packageVersion } from './peers/package-version';
import { printLine, timeWorkloads, timingRequest } from './workloads/time-workloads';

// `node dist/jax.js wasm|webgpu [parts of workload names] [seconds]`: one JSON line a workload.
const [backend, ...request] = process.argv.slice(2);
if (backend !== 'wasm' && backend !== 'webgpu') throw new Error('name the backend: wasm or webgpu');
const adapter = backend === 'webgpu' ? await installBrowserGpu() : 'WebAssembly';
if (!(await init(backend)).includes(backend)) throw new Error(`jax-js has no backend ${backend} here`);
defaultDevice(backend);
const identity = { peer: `jax-js-${backend}`, version: packageVersion('@jax-js/jax'), adapter };
await timeWorkloads(identity, jaxWorkloads, timingRequest(request), printLine);
process.exit(0);

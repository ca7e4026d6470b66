import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { installBrowserGpu } from './peers/browser-gpu';
import { packageVersion } from './peers/package-version';
import { printLine, timeWorkloads, timingRequest } from './workloads/time-workloads';

// `node dist/tensorflow.js wasm|webgpu [parts of workload names] [seconds]`: one JSON line a workload.
const [backend, ...request] = process.argv.slice(2);
let adapter = 'WebAssembly';
if (backend === 'webgpu') {
  // The library looks for a GPU when it is loaded.
  adapter = await installBrowserGpu();
  await import('@tensorflow/tfjs-backend-webgpu');
} else if (backend === 'wasm') {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(entry) + sep);
} else {
  throw new Error('name the backend: wasm or webgpu');
}
const tf = await import('@tensorflow/tfjs');
if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend ${backend} here`);
await tf.ready();
const { tensorflowWorkloads } = await import('./peers/tensorflow-workloads');
const identity = { peer: `tfjs-${backend}`, version: packageVersion('@tensorflow/tfjs'), adapter };
await timeWorkloads(identity, tensorflowWorkloads, timingRequest(request), printLine);
process.exit(0);

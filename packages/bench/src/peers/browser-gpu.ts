import { loadDawn } from '@bravais/tensor-core/node';

/**
 * Puts WebGPU where libraries written for the browser look for it, on the driver that our own code takes.
 *
 * @returns the name of the adapter they will get
 */
export async function installBrowserGpu(): Promise<string> {
  const gpu = await loadDawn();
  if (!('navigator' in globalThis)) {
    Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'node' }, configurable: true });
  }
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('no WebGPU adapter');
  addAdapterInfoRequest(adapter);
  return adapter.info.description;
}

/** `GPUAdapter.requestAdapterInfo()` has left the standard; libraries older than that still call it. */
function addAdapterInfoRequest(adapter: GPUAdapter): void {
  const prototype = Object.getPrototypeOf(adapter) as { requestAdapterInfo?: () => Promise<GPUAdapterInfo> };
  prototype.requestAdapterInfo ??= function (this: GPUAdapter) {
    return Promise.resolve(this.info);
  };
}

import type { Pipeline } from './pipelines';
import type { Storage } from './storage';

/** A range of device memory as a kernel sees it. */
export interface Binding {
  readonly storage: Storage;
  readonly byteOffset: number;
  /** Bytes visible to the kernel; `undefined` shows the whole buffer. */
  readonly byteLength: number | undefined;
}

/**
 * Bind groups kept. lavapipe maps a page for each, those dropped stay until the next garbage collection, and a process that maps
 * more than 65,530 regions (Linux's default) dies.
 */
const MOST_GROUPS = 4_096;

/** Reuses bind groups: creating one costs as much as executing a small dispatch. */
export class BindGroupCache {
  readonly #gpu: GPUDevice;
  readonly #groups = new Map<string, GPUBindGroup>();
  readonly #keysOfStorage = new Map<number, Set<string>>();
  readonly #paramGroups = new Map<string, { group: GPUBindGroup; buffer: GPUBuffer }>();

  constructor(gpu: GPUDevice) {
    this.#gpu = gpu;
  }

  /** The bind group that shows `bindings` to the storage slots of a pipeline. */
  storage(pipeline: Pipeline, bindings: readonly Binding[]): GPUBindGroup {
    let key = pipeline.kernel.bindings.join();
    for (const { storage, byteOffset, byteLength } of bindings)
      key += `|${storage.id}:${byteOffset}:${byteLength ?? ''}`;
    const cached = this.#groups.get(key);
    if (cached) return cached;
    if (this.#groups.size >= MOST_GROUPS) this.#clear();
    const group = this.#gpu.createBindGroup({
      label: pipeline.kernel.name,
      layout: pipeline.storageLayout,
      entries: bindings.map(({ storage, byteOffset, byteLength }, binding) => ({
        binding,
        resource: {
          buffer: storage.buffer,
          offset: byteOffset,
          ...(byteLength === undefined ? {} : { size: byteLength }),
        },
      })),
    });
    this.#groups.set(key, group);
    for (const { storage } of bindings) {
      const keys = this.#keysOfStorage.get(storage.id);
      if (keys) keys.add(key);
      else this.#keysOfStorage.set(storage.id, new Set([key]));
    }
    return group;
  }

  /** The bind group of a uniform buffer with these param bytes, for implementations without immediates. */
  params(pipeline: Pipeline, bytes: ArrayBuffer): GPUBindGroup {
    const key = new Uint32Array(bytes).join();
    let entry = this.#paramGroups.get(key);
    if (!entry) {
      entry = this.createParams(pipeline, bytes);
      this.#paramGroups.set(key, entry);
    }
    return entry.group;
  }

  /** A bind group of param bytes outside of the cache, for the caller to destroy. */
  createParams(pipeline: Pipeline, bytes: ArrayBuffer): { group: GPUBindGroup; buffer: GPUBuffer } {
    const size = Math.ceil(bytes.byteLength / 16) * 16;
    const buffer = this.#gpu.createBuffer({
      label: 'params',
      size,
      usage: GPUBufferUsage.UNIFORM,
      mappedAtCreation: true,
    });
    new Uint8Array(buffer.getMappedRange()).set(new Uint8Array(bytes));
    buffer.unmap();
    const group = this.#gpu.createBindGroup({
      label: 'params',
      layout: pipeline.paramsLayout!,
      entries: [{ binding: 0, resource: { buffer } }],
    });
    return { group, buffer };
  }

  /** Drops uniform buffers past the bound; call only when no encoded command refers to them any more. */
  trimParams(): void {
    if (this.#paramGroups.size < MOST_GROUPS) return;
    for (const { buffer } of this.#paramGroups.values()) buffer.destroy();
    this.#paramGroups.clear();
  }

  /** Forgets every group that refers to a buffer about to be destroyed. */
  forget(storage: Storage): void {
    for (const key of this.#keysOfStorage.get(storage.id) ?? []) this.#groups.delete(key);
    this.#keysOfStorage.delete(storage.id);
  }

  #clear(): void {
    this.#groups.clear();
    this.#keysOfStorage.clear();
  }
}

import { DeviceError } from '../errors';
import { assembleSource, type Kernel } from './kernel';

/** A compiled kernel with the bind-group layout of its storage buffers. */
export interface Pipeline {
  readonly id: number;
  readonly kernel: Kernel;
  /** Its `override` constants as JSON; empty where it has none. */
  readonly constants: string;
  readonly gpuPipeline: GPUComputePipeline;
  readonly storageLayout: GPUBindGroupLayout;
  readonly paramsLayout: GPUBindGroupLayout | null;
}

/** `override` constants a pipeline is specialised with. */
export type Constants = Readonly<Record<string, number>>;

/** Compiles kernels once per (kernel, constants) and keeps them. */
export class PipelineCache {
  readonly #gpu: GPUDevice;
  readonly #immediates: boolean;
  readonly #guard: <T>(what: string, create: () => T) => T;
  readonly #pipelines = new Map<Kernel, Map<string, Pipeline>>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  #nextId = 1;

  constructor(gpu: GPUDevice, immediates: boolean, guard: <T>(what: string, create: () => T) => T) {
    this.#gpu = gpu;
    this.#immediates = immediates;
    this.#guard = guard;
  }

  /** The pipeline of a kernel; compiled on first use. */
  get(kernel: Kernel, constants?: Constants): Pipeline {
    let variants = this.#pipelines.get(kernel);
    if (!variants) {
      variants = new Map();
      this.#pipelines.set(kernel, variants);
    }
    const key = constants ? JSON.stringify(constants) : '';
    let pipeline = variants.get(key);
    if (!pipeline) {
      pipeline = this.#compile(kernel, key, constants);
      variants.set(key, pipeline);
    }
    return pipeline;
  }

  /** Compiles a kernel beside others where the driver can, so that its first use need not wait. */
  async prepare(kernel: Kernel, constants?: Constants): Promise<void> {
    const { descriptor, ...parts } = this.#describe(kernel, constants);
    const gpuPipeline = await this.#gpu.createComputePipelineAsync(descriptor).catch((cause) => {
      throw new DeviceError('KERNEL', `${kernel.name}.wgsl: ${String(cause)}`, { cause });
    });
    const key = constants ? JSON.stringify(constants) : '';
    const variants = this.#pipelines.get(kernel) ?? new Map<string, Pipeline>();
    this.#pipelines.set(kernel, variants);
    if (!variants.has(key)) {
      variants.set(key, { id: this.#nextId++, kernel, constants: key, gpuPipeline, ...parts });
    }
  }

  #compile(kernel: Kernel, key: string, constants?: Constants): Pipeline {
    return this.#guard(`kernel ${kernel.name}`, () => {
      const { descriptor, ...parts } = this.#describe(kernel, constants);
      const gpuPipeline = this.#gpu.createComputePipeline(descriptor);
      return { id: this.#nextId++, kernel, constants: key, gpuPipeline, ...parts };
    });
  }

  #describe(
    kernel: Kernel,
    constants?: Constants,
  ): Pick<Pipeline, 'storageLayout' | 'paramsLayout'> & { descriptor: GPUComputePipelineDescriptor } {
    const module = this.#gpu.createShaderModule({
      label: kernel.name,
      code: assembleSource(kernel, this.#immediates),
    });
    const storageLayout = this.#storageLayout(kernel.bindings);
    const asUniform = kernel.params.length > 0 && !this.#immediates;
    const paramsLayout = asUniform ? this.#uniformLayout() : null;
    const layout = this.#gpu.createPipelineLayout({
      bindGroupLayouts: paramsLayout ? [storageLayout, paramsLayout] : [storageLayout],
      ...(this.#immediates && kernel.params.length > 0 ? { immediateSize: kernel.params.length * 4 } : {}),
    });
    const compute = { module, entryPoint: 'main', ...(constants ? { constants } : {}) };
    return { descriptor: { label: kernel.name, layout, compute }, storageLayout, paramsLayout };
  }

  #storageLayout(bindings: Kernel['bindings']): GPUBindGroupLayout {
    return this.#layout(bindings.join(), () =>
      bindings.map((access, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' },
      })),
    );
  }

  #uniformLayout(): GPUBindGroupLayout {
    return this.#layout('uniform', () => [
      { binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'uniform' } },
    ]);
  }

  #layout(key: string, entries: () => GPUBindGroupLayoutEntry[]): GPUBindGroupLayout {
    let layout = this.#layouts.get(key);
    if (!layout) {
      layout = this.#gpu.createBindGroupLayout({ label: key, entries: entries() });
      this.#layouts.set(key, layout);
    }
    return layout;
  }

  /** Throws a {@link DeviceError} with `file:line:column` where the compiler rejects the kernel. */
  async validate(kernel: Kernel): Promise<void> {
    const code = assembleSource(kernel, this.#immediates);
    this.#gpu.pushErrorScope('validation');
    const module = this.#gpu.createShaderModule({ label: kernel.name, code });
    const failure = this.#gpu.popErrorScope();
    const { messages } = await module.getCompilationInfo();
    await failure;
    const added = code.split('\n').length - kernel.source.split('\n').length;
    const errors = messages.filter((message) => message.type === 'error');
    if (errors.length === 0) return;
    const lines = errors.map((e) => `${kernel.name}.wgsl:${e.lineNum - added}:${e.linePos} ${e.message}`);
    throw new DeviceError('KERNEL', lines.join('\n'));
  }
}

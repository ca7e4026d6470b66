import type { Launch } from './commands';

/** Time and traffic of launches, summed. */
export interface LaunchTotals {
  readonly launches: number;
  readonly milliseconds: number;
  /** Bytes of all buffers shown to the kernels, an upper bound of their traffic. */
  readonly bytes: number;
  readonly gigabytesPerSecond: number;
  /** `null` where no kernel states its operations. */
  readonly gigaflopsPerSecond: number | null;
}

/** Time and traffic of one kernel, summed over its launches. */
export interface KernelProfile extends LaunchTotals {
  readonly kernel: string;
}

/** Time and traffic of one layer, forward and gradient, without those of the layers inside it. */
export interface LayerProfile extends LaunchTotals {
  /** Names of the layers around the launches from the outside, `structure/conv1`; empty outside of layers. */
  readonly layer: string;
}

/** The same launches by kernel and by layer, slowest first. */
export interface LaunchProfile {
  readonly kernels: KernelProfile[];
  readonly layers: LayerProfile[];
}

interface Sums {
  launches: number;
  nanoseconds: number;
  bytes: number;
  flops: number;
}

const PAIRS_PER_SET = 2_048;

/** Times every launch in a pass of its own with GPU timestamps. */
export class PassTimer {
  readonly #gpu: GPUDevice;
  readonly #byKernel = new Map<string, Sums>();
  readonly #byLayer = new Map<string, Sums>();
  readonly #free: { set: GPUQuerySet; resolved: GPUBuffer; staging: GPUBuffer }[] = [];
  readonly #readings: Promise<void>[] = [];
  #open: { set: GPUQuerySet; resolved: GPUBuffer; staging: GPUBuffer }[] = [];
  #launches: Launch[] = [];

  constructor(gpu: GPUDevice) {
    this.#gpu = gpu;
  }

  /** Timestamp slots for the pass of `launch`. */
  begin(launch: Launch): GPUComputePassTimestampWrites {
    const slot = this.#launches.length % PAIRS_PER_SET;
    if (slot === 0) this.#open.push(this.#free.pop() ?? this.#allocate());
    this.#launches.push(launch);
    const { set } = this.#open[this.#open.length - 1]!;
    return { querySet: set, beginningOfPassWriteIndex: slot * 2, endOfPassWriteIndex: slot * 2 + 1 };
  }

  /** Records the copy of this batch's timestamps; call once, after the last pass. */
  resolve(encoder: GPUCommandEncoder): void {
    const open = this.#open;
    const launches = this.#launches;
    this.#open = [];
    this.#launches = [];
    open.forEach((slots, index) => {
      const part = launches.slice(index * PAIRS_PER_SET, (index + 1) * PAIRS_PER_SET);
      encoder.resolveQuerySet(slots.set, 0, part.length * 2, slots.resolved, 0);
      encoder.copyBufferToBuffer(slots.resolved, 0, slots.staging, 0, part.length * 16);
      this.#readings.push(
        Promise.resolve().then(async () => {
          await slots.staging.mapAsync(GPUMapMode.READ, 0, part.length * 16);
          const stamps = new BigUint64Array(slots.staging.getMappedRange(0, part.length * 16).slice(0));
          slots.staging.unmap();
          this.#free.push(slots);
          for (const [slot, launch] of part.entries()) {
            this.#add(launch, Number(stamps[slot * 2 + 1]! - stamps[slot * 2]!));
          }
        }),
      );
    });
  }

  /** The sums so far, once all submitted batches have been read. */
  async report(): Promise<LaunchProfile> {
    while (this.#readings.length > 0) await this.#readings.shift();
    return {
      kernels: slowestFirst(this.#byKernel).map(([kernel, totals]) => ({ kernel, ...totals })),
      layers: slowestFirst(this.#byLayer).map(([layer, totals]) => ({ layer, ...totals })),
    };
  }

  destroy(): void {
    for (const { set, resolved, staging } of this.#free) {
      set.destroy();
      resolved.destroy();
      staging.destroy();
    }
  }

  #add(launch: Launch, nanoseconds: number): void {
    addTo(this.#byKernel, launch.pipeline.kernel.name, launch, nanoseconds);
    addTo(this.#byLayer, launch.layer, launch, nanoseconds);
  }

  #allocate(): { set: GPUQuerySet; resolved: GPUBuffer; staging: GPUBuffer } {
    const size = PAIRS_PER_SET * 16;
    return {
      set: this.#gpu.createQuerySet({ type: 'timestamp', count: PAIRS_PER_SET * 2 }),
      resolved: this.#gpu.createBuffer({
        label: 'timestamps',
        size,
        usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
      }),
      staging: this.#gpu.createBuffer({
        label: 'timestamps',
        size,
        usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      }),
    };
  }
}

function addTo(sums: Map<string, Sums>, name: string, { bytes, flops }: Launch, nanoseconds: number): void {
  const sum = sums.get(name) ?? { launches: 0, nanoseconds: 0, bytes: 0, flops: 0 };
  sum.launches++;
  sum.nanoseconds += nanoseconds;
  sum.bytes += bytes;
  sum.flops += flops;
  sums.set(name, sum);
}

function slowestFirst(sums: ReadonlyMap<string, Sums>): [string, LaunchTotals][] {
  return [...sums]
    .map(([name, { launches, nanoseconds, bytes, flops }]): [string, LaunchTotals] => [
      name,
      {
        launches,
        milliseconds: nanoseconds / 1e6,
        bytes,
        gigabytesPerSecond: nanoseconds > 0 ? bytes / nanoseconds : 0,
        gigaflopsPerSecond: flops > 0 && nanoseconds > 0 ? flops / nanoseconds : null,
      },
    ])
    .sort(([, a], [, b]) => b.milliseconds - a.milliseconds);
}

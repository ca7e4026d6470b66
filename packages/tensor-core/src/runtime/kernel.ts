/** Kinds of the 4-byte scalars a kernel takes besides its buffers. */
export type ParamKind = 'u32' | 'i32' | 'f32';

/** A WGSL extension that a kernel may use; the last is Dawn's own, for measurements. */
export type WgslExtension = 'subgroups' | 'f16' | 'chromium_experimental_subgroup_matrix';

/**
 * A WGSL compute kernel, generic in shape: sizes arrive as `params`, tunables as `override` constants.
 *
 * The source declares its storage buffers at `@group(0)` in the order of `bindings`, and, when it takes
 * params, one `var<immediate> params: Params;` whose struct lists 4-byte scalars in the order of `params`.
 * Where the implementation has no immediates, the runtime turns that declaration into a uniform buffer.
 */
export interface Kernel {
  /** Name in traces, profiles and errors; unique among kernels. */
  readonly name: string;
  readonly source: string;
  readonly bindings: readonly ('read' | 'write')[];
  readonly params: readonly ParamKind[];
  /** WGSL extensions the source uses; the runtime writes the `enable` lines. */
  readonly enables: readonly WgslExtension[];
}

/** Most scalars a kernel can take: 64 bytes of immediates. */
const MAX_PARAMS = 16;

/** Describes a kernel; see {@link Kernel}. `source` may be several files, joined in order. */
export function defineKernel(spec: {
  name: string;
  source: string | readonly string[];
  bindings: readonly ('read' | 'write')[];
  params?: readonly ParamKind[];
  enables?: readonly WgslExtension[];
}): Kernel {
  const params = spec.params ?? [];
  if (params.length > MAX_PARAMS) {
    throw new RangeError(`kernel ${spec.name}: at most ${MAX_PARAMS} params fit, got ${params.length}.`);
  }
  const source = typeof spec.source === 'string' ? spec.source : spec.source.join('\n');
  return { name: spec.name, source, bindings: spec.bindings, params, enables: spec.enables ?? [] };
}

/** WGSL text as it is compiled: `enable` lines first, params as immediates or as a uniform buffer at `@group(1)`. */
export function assembleSource(kernel: Kernel, immediates: boolean): string {
  const enables = kernel.enables.map((name) => `enable ${name};\n`).join('');
  if (kernel.params.length === 0) return enables + kernel.source;
  if (immediates) return `${enables}requires immediate_address_space;\n${kernel.source}`;
  return enables + kernel.source.replace('var<immediate>', '@group(1) @binding(0) var<uniform>');
}

/** Packs param values into the bytes the kernel's `Params` struct reads. */
export function packParams(kernel: Kernel, values: readonly number[]): ArrayBuffer {
  if (values.length !== kernel.params.length) {
    throw new RangeError(
      `kernel ${kernel.name}: takes ${kernel.params.length} params, got ${values.length}.`,
    );
  }
  const bytes = new ArrayBuffer(values.length * 4);
  const view = new DataView(bytes);
  kernel.params.forEach((kind, index) => {
    const value = values[index]!;
    if (kind === 'f32') view.setFloat32(index * 4, value, true);
    else if (kind === 'i32') view.setInt32(index * 4, value, true);
    else view.setUint32(index * 4, value, true);
  });
  return bytes;
}

/** The values that packed params stand for, as the kernel reads them. */
export function unpackParams(kernel: Kernel, bytes: ArrayBuffer): number[] {
  const view = new DataView(bytes);
  return kernel.params.map((kind, index) => {
    if (kind === 'f32') return view.getFloat32(index * 4, true);
    return kind === 'i32' ? view.getInt32(index * 4, true) : view.getUint32(index * 4, true);
  });
}

/** Names of a kernel's params as its source declares them: the members of `struct Params`. */
export function paramNames(kernel: Kernel): string[] {
  const members = /struct Params \{([^}]*)\}/.exec(kernel.source)?.[1]?.replace(/\/\/.*/g, '') ?? '';
  const names = Array.from(members.matchAll(/(\w+)\s*:/g), ([, name]) => name!);
  return kernel.params.map((_, index) => names[index] ?? `param ${index}`);
}

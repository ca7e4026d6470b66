/** What a convolution does besides its operands; lists have an entry for each axis of space. */
export interface ConvAttrs {
  readonly stride: readonly number[];
  /** Zeros on both sides of each axis, or `periodic`: the source repeats, and windows are centred. */
  readonly padding: readonly number[] | 'periodic';
  readonly dilation: readonly number[];
  readonly groups: number;
}

/** A convolution along z, y and x; axes that it has not got have extent 1. */
export interface ConvGeometry {
  readonly batches: number;
  readonly source: readonly number[];
  readonly result: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly periodic: boolean;
  readonly groups: number;
  /** Channels of the source, and of the result, that belong to one group. */
  readonly depth: number;
  readonly columns: number;
}

/** How the rows of an axis find what they read, see `taps.wgsl`. */
export interface AxisTaps {
  readonly source: number;
  readonly result: number;
  readonly kernel: number;
  readonly step: number;
  readonly direction: number;
  readonly tapStep: number;
  readonly resultStep: number;
  readonly base: number;
  readonly firstTap: number;
  readonly firstResult: number;
}

/** Rows along z, y and x that read a source by the same taps. */
export type Taps = readonly [z: AxisTaps, y: AxisTaps, x: AxisTaps];

/** The forward pass: row r reads r * stride + j * dilation - padding. */
export function forwardTaps({ source, result, kernel, ...geometry }: ConvGeometry): Taps {
  const axis = (i: number): AxisTaps => ({
    source: source[i]!,
    result: result[i]!,
    kernel: kernel[i]!,
    step: geometry.stride[i]!,
    direction: geometry.dilation[i]!,
    tapStep: 1,
    resultStep: 1,
    base: -geometry.padding[i]!,
    firstTap: 0,
    firstResult: 0,
  });
  return [axis(0), axis(1), axis(2)];
}

/**
 * The gradient of the source, which gathers too: element q is read by rows (q + padding - tap * dilation) / stride, where that is
 * whole. Elements of one remainder of q by the stride meet the same taps, so that there is an entry for each remainder.
 */
export function sourceGradientTaps(geometry: ConvGeometry): Taps[] {
  const axes = [0, 1, 2].map((axis) => {
    const phases = Math.min(geometry.stride[axis]!, geometry.source[axis]!);
    return Array.from({ length: phases }, (_, phase) => phaseTaps(geometry, axis, phase));
  }) as [AxisTaps[], AxisTaps[], AxisTaps[]];
  return axes[0].flatMap((z) => axes[1].flatMap((y) => axes[2].map((x) => [z, y, x] as const)));
}

function phaseTaps(geometry: ConvGeometry, axis: number, phase: number): AxisTaps {
  const [stride, dilation] = [geometry.stride[axis]!, geometry.dilation[axis]!];
  const [kernel, padding] = [geometry.kernel[axis]!, geometry.padding[axis]!];
  const tapStep = stride / greatestCommonDivisor(stride, dilation);
  const taps = Array.from({ length: Math.min(tapStep, kernel) }, (_, tap) => tap);
  const firstTap = taps.find((tap) => (phase + padding - tap * dilation) % stride === 0) ?? kernel;
  return {
    source: geometry.result[axis]!,
    result: geometry.source[axis]!,
    kernel,
    step: 1,
    direction: (-dilation * tapStep) / stride,
    tapStep,
    resultStep: stride,
    base: firstTap === kernel ? 0 : (phase + padding - firstTap * dilation) / stride,
    firstTap,
    firstResult: phase,
  };
}

/** Rows of an axis, as `taps.wgsl` counts them. */
export function rowsOf({ result, firstResult, resultStep }: AxisTaps): number {
  return Math.ceil((result - firstResult) / resultStep);
}

/** Taps that each row of an axis meets. */
export function countOf({ kernel, firstTap, tapStep }: AxisTaps): number {
  return Math.ceil((kernel - firstTap) / tapStep);
}

/** The first ten params of `taps.wgsl`. */
export function packedTaps(taps: Taps, periodic: boolean): number[] {
  const byte = (value: number, at: number): number => (value & 0xff) << (8 * at);
  return [
    ...taps.map(({ source, result }) => source | (result << 16)),
    ...taps.map(
      ({ step, direction, tapStep, resultStep }) =>
        byte(step, 0) | byte(direction, 1) | byte(tapStep, 2) | byte(resultStep, 3),
    ),
    ...taps.map(
      ({ base, firstTap, firstResult }) => (base & 0xffff) | byte(firstTap, 2) | byte(firstResult, 3),
    ),
    byte(taps[0].kernel, 0) | byte(taps[1].kernel, 1) | byte(taps[2].kernel, 2) | byte(periodic ? 1 : 0, 3),
  ].map((word) => word >>> 0);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

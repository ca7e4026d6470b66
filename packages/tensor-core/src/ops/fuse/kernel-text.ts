import type { ParamKind } from '../../runtime/kernel';
import type { Line, WgslFunction } from './lines';
import type { LoadMode } from './load-mode';
import type { Slot } from './program';

/** Threads of a workgroup. */
export const WORKGROUP_SIZE = 64;

/** Everything that distinguishes one generated kernel from another. Sizes and numbers are params, not text. */
export interface KernelPlan {
  /** Slots read from memory and how; bound in this order. */
  readonly inputs: readonly { readonly slot: Slot; readonly mode: LoadMode['kind'] }[];
  /** Axes that `strided` inputs are walked over. */
  readonly stridedRank: number;
  /** Slots filled from number params. */
  readonly numbers: readonly Slot[];
  readonly lines: readonly Line[];
  /** Slots written to memory; bound after the inputs. */
  readonly results: readonly Slot[];
  /** vec4 a thread: 4 loads 64 bytes at once, which software drivers like; 1 suits GPUs. */
  readonly width: 1 | 4;
}

/** A param of the kernel: its name in WGSL says what the host must pass. */
export interface Param {
  readonly name: string;
  readonly kind: ParamKind;
}

/** The params of a plan in the order of its `Params` struct. */
export function paramsOf(plan: KernelPlan): Param[] {
  const sizes: string[] = ['count'];
  const strided = plan.inputs.filter(({ mode }) => mode === 'strided');
  if (strided.length > 0) for (let axis = 1; axis < plan.stridedRank; axis++) sizes.push(`extent_${axis}`);
  for (const { slot, mode } of plan.inputs) {
    if (mode === 'row') sizes.push(`${slot}_period`);
    if (mode === 'block') sizes.push(`${slot}_run`, `${slot}_extent`);
    if (mode === 'strided')
      for (let axis = 0; axis < plan.stridedRank; axis++) sizes.push(`${slot}_stride_${axis}`);
  }
  return [
    ...sizes.map((name) => ({ name, kind: 'u32' as const })),
    ...plan.numbers.map((name) => ({ name, kind: 'f32' as const })),
  ];
}

/** The WGSL of a plan. */
export function kernelText(plan: KernelPlan): string {
  const { inputs, results, lines, numbers, width } = plan;
  const lanes = width === 4 ? 'mat4x4f' : 'vec4f';
  const functions = new Map<string, WgslFunction>();
  for (const { callee } of lines) if (callee) functions.set(callee.name, callee);
  const uses = new Set([...functions.values()].flatMap((callee) => callee.uses));
  const parts = [
    ['struct Params {', ...paramsOf(plan).map(({ name, kind }) => `  ${name}: ${kind},`), '}'],
    ['var<immediate> params: Params;'],
    inputs.map(({ slot, mode }, index) => {
      const element = mode === 'same' || mode === 'row' ? lanes : 'f32';
      return `@group(0) @binding(${index}) var<storage, read> ${slot}: array<${element}>;`;
    }),
    results.map(
      (_, index) =>
        `@group(0) @binding(${inputs.length + index}) var<storage, read_write> y${index}: array<${lanes}>;`,
    ),
    ...[...uses].map((text) => [text.trim()]),
    ...[...functions.values()].map(functionText),
    ...inputs.map((input) => loaderText(input, plan)),
    ['struct Results {', ...results.map((_, index) => `  y${index}: vec4f,`), '}'],
    [
      `fn compute(${inputs.map(({ slot }) => `${slot}: vec4f`).join(', ')}) -> Results {`,
      ...numbers.map((slot) => `  let ${slot} = vec4f(params.${slot});`),
      ...lines.map(({ result, text }) => `  let ${result} = ${text};`),
      `  return Results(${results.join(', ')});`,
      '}',
    ],
    mainText(plan),
  ];
  return `${parts.map((part) => part.join('\n')).join('\n\n')}\n`;
}

function functionText({ name, parameters, expression }: WgslFunction): string[] {
  return [
    `fn ${name}(${parameters.map((parameter) => `${parameter}: vec4f`).join(', ')}) -> vec4f {`,
    `  return ${expression};`,
    '}',
  ];
}

/** `load_x0(i)`: what input x0 gives to the i-th thread. */
function loaderText(
  { slot, mode }: KernelPlan['inputs'][number],
  { width, stridedRank }: KernelPlan,
): string[] {
  const lanes = width === 4 ? 'mat4x4f' : 'vec4f';
  const splat = (element: string): string[] =>
    width === 4
      ? [`  let v = vec4f(${element});`, '  return mat4x4f(v, v, v, v);']
      : [`  return vec4f(${element});`];
  const loader = (body: readonly string[]): string[] => [
    `fn load_${slot}(i: u32) -> ${lanes} {`,
    ...body,
    '}',
  ];
  switch (mode) {
    case 'same':
      return loader([`  return ${slot}[i];`]);
    case 'row':
      return loader([`  return ${slot}[i % params.${slot}_period];`]);
    case 'scalar':
      return loader(splat(`${slot}[0]`));
    case 'block':
      return loader(splat(`${slot}[(i / params.${slot}_run) % params.${slot}_extent]`));
    case 'strided':
      return [
        ...stridedIndexText(slot, stridedRank),
        `fn load_${slot}_vec4(e: u32) -> vec4f {`,
        `  return vec4f(${[0, 1, 2, 3].map((k) => `${slot}[${slot}_index(e + ${k}u)]`).join(', ')});`,
        '}',
        '',
        ...loader(
          width === 4
            ? [
                `  return mat4x4f(${[0, 4, 8, 12].map((k) => `load_${slot}_vec4(16u * i + ${k}u)`).join(', ')});`,
              ]
            : [`  return load_${slot}_vec4(4u * i);`],
        ),
      ];
  }
}

/** `x0_index(e)`: the position in input x0 of the output's element e. */
function stridedIndexText(slot: Slot, rank: number): string[] {
  const body: string[] = ['  var rest = e;', '  var index = 0u;'];
  for (let axis = rank - 1; axis > 0; axis--) {
    body.push(`  index += (rest % params.extent_${axis}) * params.${slot}_stride_${axis};`);
    body.push(`  rest /= params.extent_${axis};`);
  }
  return [
    `fn ${slot}_index(e: u32) -> u32 {`,
    ...body,
    `  return index + rest * params.${slot}_stride_0;`,
    '}',
    '',
  ];
}

function mainText({ inputs, results, width }: KernelPlan): string[] {
  const call = (column: string): string =>
    `compute(${inputs.map(({ slot }) => `${slot}_lanes${column}`).join(', ')})`;
  const columns = [0, 1, 2, 3];
  const loads = inputs.map(({ slot }) => `  let ${slot}_lanes = load_${slot}(i);`);
  const body =
    width === 4
      ? [
          ...columns.map((k) => `  let r${k} = ${call(`[${k}]`)};`),
          ...results.map((_, y) => `  y${y}[i] = mat4x4f(${columns.map((k) => `r${k}.y${y}`).join(', ')});`),
        ]
      : [`  let r = ${call('')};`, ...results.map((_, y) => `  y${y}[i] = r.y${y};`)];
  return [
    `@compute @workgroup_size(${WORKGROUP_SIZE})`,
    'fn main(',
    '  @builtin(workgroup_id) workgroup: vec3u,',
    '  @builtin(num_workgroups) workgroups: vec3u,',
    '  @builtin(local_invocation_index) thread: u32,',
    ') {',
    `  let i = (workgroup.x + workgroup.y * workgroups.x) * ${WORKGROUP_SIZE}u + thread;`,
    '  if (i >= params.count) {',
    '    return;',
    '  }',
    ...loads,
    ...body,
    '}',
  ];
}

import { defineKernel, type Kernel } from '../../runtime/kernel';
import aSingle from './a-single.wgsl';
import aStrided from './a-strided.wgsl';
import aVector from './a-vector.wgsl';
import activation from './activation.wgsl';
import bStrided from './b-strided.wgsl';
import bVector from './b-vector.wgsl';
import bias from './bias.wgsl';
import cStrided from './c-strided.wgsl';
import cVector from './c-vector.wgsl';
import cWhole from './c-whole.wgsl';
import type { OperandAccess } from './costs';
import pack from './pack.wgsl';
import packBlocks from './pack-blocks.wgsl';
import partsStrided from './parts-strided.wgsl';
import partsVector from './parts-vector.wgsl';
import productParams from './product-params.wgsl';
import splitSum from './split-sum.wgsl';
import { subgroupSource } from './subgroup-source';
import { isSubgroupTile, type ProductTile, tileName } from './tile';
import { operandSource, tileConstants, type WorkgroupAccess, workgroupSource } from './workgroup-source';

/** How a kernel reads A and B, and writes C: four elements at once, one by one, or `whole`, a C that tiles fill exactly. */
export interface Access {
  readonly a: OperandAccess;
  readonly b: Exclude<OperandAccess, 'single'>;
  readonly c: 'vector' | 'strided' | 'whole';
}

const A = { vector: aVector, strided: aStrided, single: aSingle };
const B = { vector: bVector, strided: bStrided };
const C = { vector: cVector, strided: cStrided, whole: cWhole };

const made = new Map<string, Kernel>();

/** The product kernel for a tile and an access pattern. */
export function productKernel(access: Access, tile: ProductTile): Kernel {
  const name = `matmul-${tileName(tile)}-${access.a}-${access.b}-${access.c}`;
  let kernel = made.get(name);
  if (!kernel) {
    kernel = defineKernel({
      name,
      source: productSource(access, tile),
      bindings: ['read', 'read', 'read', 'write'],
      params: new Array<'u32'>(15).fill('u32'),
      enables: isSubgroupTile(tile) ? ['subgroups'] : [],
    });
    made.set(name, kernel);
  }
  return kernel;
}

function productSource({ a, b, c }: Access, tile: ProductTile): string[] {
  if (isSubgroupTile(tile)) {
    const left = A[a === 'depths' ? 'strided' : a];
    const right = B[b === 'depths' ? 'strided' : b];
    return [productParams, left, right, bias, C[c], activation, subgroupSource(tile)];
  }
  const operands = [operandSource('a', workgroupAccess(a)), operandSource('b', workgroupAccess(b))];
  return [tileConstants(tile), productParams, ...operands, bias, C[c], activation, workgroupSource(tile)];
}

/** A workgroup reads rows of a thin operand as those of any other. */
function workgroupAccess(access: OperandAccess): WorkgroupAccess {
  return access === 'single' ? 'strided' : access;
}

const splitSumSpec = {
  bindings: ['read', 'read', 'write'],
  params: new Array<'u32'>(9).fill('u32'),
} as const;

/** Brings partial results together: their sum over splits, in the order of the result, with bias and activation. */
export const splitSumKernels: Readonly<Record<'vector' | 'strided', Kernel>> = {
  vector: defineKernel({
    ...splitSumSpec,
    name: 'matmul-split-sum-vector',
    source: [partsVector, activation, splitSum],
  }),
  strided: defineKernel({
    ...splitSumSpec,
    name: 'matmul-split-sum-strided',
    source: [partsStrided, activation, splitSum],
  }),
};

/** Copies an operand into the layout that is read four elements at a time: in blocks where its depths lie so, or singly. */
export const packKernels: Readonly<Record<'blocks' | 'singly', Kernel>> = {
  blocks: packing('matmul-pack-blocks', packBlocks),
  singly: packing('matmul-pack', pack),
};

function packing(name: string, source: string): Kernel {
  return defineKernel({
    name,
    source,
    bindings: ['read', 'write'],
    params: new Array<'u32'>(6).fill('u32'),
  });
}

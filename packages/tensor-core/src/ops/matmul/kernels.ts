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
import productTiled from './product-tiled.wgsl';
import splitSum from './split-sum.wgsl';
import { subgroupSource } from './subgroup-source';
import { extentsOf, type SubgroupTile } from './tile';

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

/**
 * The product kernel for an access pattern.
 *
 * @param tile what the kernel that keeps its tile in registers makes, `null` for the one that goes through
 * workgroup memory
 */
export function productKernel(access: Access, tile: SubgroupTile | null): Kernel {
  const body = tile ? `${tile.lanes}-lanes-${tile.rows}x${extentsOf(tile).columns}` : 'tiled';
  const name = `matmul-${body}-${access.a}-${access.b}-${access.c}`;
  let kernel = made.get(name);
  if (!kernel) {
    kernel = defineKernel({
      name,
      source: [
        productParams,
        A[access.a],
        B[access.b],
        bias,
        C[access.c],
        activation,
        tile ? subgroupSource(tile) : productTiled,
      ],
      bindings: ['read', 'read', 'read', 'write'],
      params: new Array<'u32'>(15).fill('u32'),
      enables: tile ? ['subgroups'] : [],
    });
    made.set(name, kernel);
  }
  return kernel;
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

import type { AdapterDescription } from '@bravais/tensor-core';
import { attentionCases } from './attention-cases';
import { convCases } from './conv-cases';
import { graphCases } from './graph-cases';
import type { KernelCase } from './kernel-case';
import { matmulCases } from './matmul-cases';
import { tensorCases } from './tensor-cases';

/** Kind of adapter: the cases of a GPU are larger, past its caches. */
export type AdapterKind = AdapterDescription['kind'];

/** Every heavy kernel, in the order of the report. */
export function kernelCases(quick: boolean, kind: AdapterKind): KernelCase[] {
  return [
    ...matmulCases(quick, kind),
    ...tensorCases(kind),
    ...attentionCases(kind),
    ...convCases(),
    ...graphCases(),
  ];
}

import { graphCases } from './graph-cases';
import type { KernelCase } from './kernel-case';
import { matmulCases } from './matmul-cases';
import { tensorCases } from './tensor-cases';

/** Every heavy kernel, in the order of the report. */
export function kernelCases(quick: boolean): KernelCase[] {
  return [...matmulCases(quick), ...tensorCases(), ...graphCases()];
}

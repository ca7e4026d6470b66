import type { AdapterDescription } from '@bravais/tensor-core';
import { formatBytes, formatCount } from '../output/format-number';

/** Limits that decide what fits and which kernels run. */
const LIMITS = {
  maxStorageBufferBindingSize: ['largest tensor', formatBytes],
  maxBufferSize: ['largest buffer', formatBytes],
  maxStorageBuffersPerShaderStage: ['buffers a kernel', formatCount],
  maxComputeWorkgroupStorageSize: ['workgroup memory', formatBytes],
  maxComputeInvocationsPerWorkgroup: ['workgroup size', formatCount],
  maxComputeWorkgroupsPerDimension: ['workgroups a dimension', formatCount],
} as const;

/** Features that choose between kernels. */
const FEATURES = ['subgroups', 'shader-f16', 'timestamp-query'] as const;

/** An adapter in lines that a person reads. */
export function deviceFacts(adapter: AdapterDescription): (readonly [string, string])[] {
  const { vendor, architecture, device, description, kind, subgroupSize, features, limits } = adapter;
  const has = (feature: string): string => `${feature} ${features.includes(feature) ? 'yes' : 'no'}`;
  return [
    ['adapter', [vendor, architecture, device].filter(Boolean).join(' ') || 'unnamed'],
    ['driver', description || 'not told'],
    ['kind', kind],
    ['features', FEATURES.map(has).join(', ')],
    ['subgroup', subgroupSize === null ? 'size not fixed' : `${subgroupSize} lanes`],
    ...Object.entries(LIMITS).flatMap(([name, [label, format]]) => {
      const value = limits[name];
      return value === undefined ? [] : [[label, format(value)] as const];
    }),
  ];
}

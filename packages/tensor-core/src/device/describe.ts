/** A size and type of matrices that the subgroups of an adapter multiply: M x K by K x N. */
export interface SubgroupMatrixConfig {
  /** Type of the factors' elements as WGSL names it, `f16`. */
  readonly componentType: string;
  /** Type of the product's elements. */
  readonly resultComponentType: string;
  readonly M: number;
  readonly N: number;
  readonly K: number;
}

/** What is known of an adapter without running anything on it. */
export interface AdapterDescription {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** `software` where the driver computes on the CPU. */
  readonly kind: 'hardware' | 'software';
  /** Lanes of a subgroup where all subgroups have the same, else `null`. */
  readonly subgroupSize: number | null;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  /** What `chromium-experimental-subgroup-matrix` multiplies, where the adapter has it. */
  readonly subgroupMatrices?: readonly SubgroupMatrixConfig[];
}

/** Words by which software Vulkan and D3D drivers give themselves away. */
const SOFTWARE_DRIVERS = /llvmpipe|lavapipe|swiftshader|warp|basic render|software/i;

/** Reads an adapter's identity, features and limits. */
export function describeAdapter(adapter: GPUAdapter): AdapterDescription {
  const { info } = adapter;
  const fallback = info.isFallbackAdapter === true;
  const named = SOFTWARE_DRIVERS.test(`${info.architecture} ${info.device} ${info.description}`);
  const limits: Record<string, number> = {};
  for (const name in adapter.limits) {
    const value = adapter.limits[name as keyof GPUSupportedLimits];
    if (typeof value === 'number') limits[name] = value;
  }
  const same = info.subgroupMinSize !== undefined && info.subgroupMinSize === info.subgroupMaxSize;
  return {
    vendor: info.vendor,
    architecture: info.architecture,
    device: info.device,
    description: info.description,
    kind: fallback || named ? 'software' : 'hardware',
    subgroupSize: adapter.features.has('subgroups') && same ? info.subgroupMinSize : null,
    features: [...adapter.features].sort(),
    limits,
    ...subgroupMatrices(info),
  };
}

/** Told by adapters alone: the same list of a device's `adapterInfo` is empty. */
function subgroupMatrices(info: GPUAdapterInfo): Pick<AdapterDescription, 'subgroupMatrices'> {
  const { subgroupMatrixConfigs = [] } = info as { subgroupMatrixConfigs?: Iterable<SubgroupMatrixConfig> };
  const configs = Array.from(
    subgroupMatrixConfigs,
    ({ componentType, resultComponentType, M, N, K }): SubgroupMatrixConfig => {
      return { componentType, resultComponentType, M, N, K };
    },
  );
  return configs.length > 0 ? { subgroupMatrices: configs } : {};
}

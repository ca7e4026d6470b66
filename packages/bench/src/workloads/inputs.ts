import {
  type GraphInputs,
  type GraphSize,
  graphInputs,
  type NetworkInputs,
  networkInputs,
  type PairInputs,
  type ProductSize,
  pairInputs,
  productInputs,
  type TableSize,
  type TripleInputs,
  tripleInputs,
} from './sized-inputs';

/** Sizes at which the peers are met. */
export const SIZES: Readonly<{
  matmul512: ProductSize;
  matmul1024: ProductSize;
  mlp_step: TableSize;
  clip_fwdbwd: TableSize;
  cgcnn_fwdbwd: GraphSize;
  tensorclip_fwd: TableSize;
  barlow3_fwd: TableSize;
}> = {
  matmul512: { rows: 512, depth: 512, columns: 512 },
  matmul1024: { rows: 1024, depth: 1024, columns: 1024 },
  mlp_step: { rows: 4096, width: 128 },
  clip_fwdbwd: { rows: 512, width: 128 },
  cgcnn_fwdbwd: { nodes: 2000, edges: 20_000, width: 64 },
  tensorclip_fwd: { rows: 64, width: 128 },
  barlow3_fwd: { rows: 256, width: 64 },
};

/** Numbers that the workloads share with their peers. */
export const CONSTANTS: Readonly<
  GraphSize & Record<'clipScale' | 'tensorClipScale' | 'barlowWeight' | 'learningRate', number>
> = {
  clipScale: 1 / 0.07,
  ...SIZES.cgcnn_fwdbwd,
  tensorClipScale: 10,
  barlowWeight: 0.005,
  learningRate: 1e-3,
};

/** Inputs of each workload, made when asked for, at the peers' size or any other; equal on every machine. */
export const inputs: Readonly<{
  matmul512(size?: ProductSize): PairInputs;
  matmul1024(size?: ProductSize): PairInputs;
  mlp_step(size?: TableSize): NetworkInputs;
  clip_fwdbwd(size?: TableSize): PairInputs;
  cgcnn_fwdbwd(size?: GraphSize): GraphInputs;
  tensorclip_fwd(size?: TableSize): TripleInputs;
  barlow3_fwd(size?: TableSize): TripleInputs;
}> = {
  matmul512: (size = SIZES.matmul512) => productInputs(size, 1),
  matmul1024: (size = SIZES.matmul1024) => productInputs(size, 3),
  mlp_step: (size = SIZES.mlp_step) => networkInputs(size),
  clip_fwdbwd: (size = SIZES.clip_fwdbwd) => pairInputs(size),
  cgcnn_fwdbwd: (size = SIZES.cgcnn_fwdbwd) => graphInputs(size),
  tensorclip_fwd: (size = SIZES.tensorclip_fwd) => tripleInputs(size, 17, 0.3),
  barlow3_fwd: (size = SIZES.barlow3_fwd) => tripleInputs(size, 23),
};

/** What is computed, by every peer on the same inputs; `docs/benchmarks.md` shows them in this order. */
export const WORKLOADS = {
  matmul512: 'C = A B, 512 × 512; check C[0, 0]',
  matmul1024: 'C = A B, 1024 × 1024; check C[0, 0]',
  mlp_step: 'a 128-128-1 network with ReLU on 4,096 rows: forward, backward, Adam; check the loss',
  clip_fwdbwd:
    'symmetric InfoNCE of 512 pairs of 128 features at scale 1 / 0.07, with both gradients; check loss + 1000 Σ|dA|',
  cgcnn_fwdbwd:
    'a crystal graph convolution on 2,000 nodes and 20,000 edges, 64 features, with all gradients; check loss + Σ|dx|',
  tensorclip_fwd: 'three-way cross entropy over S[a, b, c] of 64 triples of 128 features; check the loss',
  barlow3_fwd:
    'three-way Barlow Twins over C[i, j, k] of 64 features on 256 triples, λ = 0.005; check the loss',
} as const;

/** Name of a workload. */
export type Workload = keyof typeof WORKLOADS;

/** Names in order. */
export const WORKLOAD_NAMES: readonly Workload[] = Object.keys(WORKLOADS) as Workload[];

/** Whether a name contains one of the parts that the user asked for, separated by commas; no part asks for all. */
export function isWanted(name: string, only: string): boolean {
  const parts = only.split(',').filter((part) => part !== '');
  return parts.length === 0 || parts.some((part) => name.includes(part));
}

// C[b] = A[b] B[b] for A of rows x depth and B of depth x columns. Strides count elements.
struct Params {
  rows: u32,
  columns: u32,
  depth: u32,
  // Terms of the sum over depth that one split adds up.
  depth_per_split: u32,
  splits: u32,
  batches: u32,
  a_batch_stride: u32,
  a_row_stride: u32,
  a_depth_stride: u32,
  b_batch_stride: u32,
  b_depth_stride: u32,
  b_column_stride: u32,
  c_row_stride: u32,
  // From one split's partial result to the next.
  c_split_stride: u32,
  // Activation number, plus BIASED where the bias is to be added.
  epilogue: u32,
}
var<immediate> params: Params;

const BIASED = 16u;

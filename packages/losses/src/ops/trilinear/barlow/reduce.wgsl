// The penalties of C = t_abc, summed by workgroup.
struct Params {
  extent: u32,
  padded: u32,
  pairs: u32,
  a_start: u32,
  a_span: u32,
  b_span: u32,
  off_weight: f32,
  two_weight: f32,
  two_target: f32,
}
var<immediate> params: Params;

@group(0) @binding(3) var<storage, read_write> parts: array<f32>; // [workgroups]

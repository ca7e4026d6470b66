// out[row, offset + c] = the column c of up to four inputs side by side; one lane per thread.
// start_k is the first covered column of input k, `covered` the columns of all inputs of this launch.
struct Params {
  size: u32,      // rows * covered
  covered: u32,
  row: u32,       // columns of out
  offset: u32,
  start1: u32,
  start2: u32,
  start3: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> input0: array<lane>;
@group(0) @binding(1) var<storage, read> input1: array<lane>;
@group(0) @binding(2) var<storage, read> input2: array<lane>;
@group(0) @binding(3) var<storage, read> input3: array<lane>;
@group(0) @binding(4) var<storage, read_write> out: array<lane>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = (wid.x + wid.y * groups.x) * 64u + thread;
  if (i >= params.size) { return; }
  let row = i / params.covered;
  let column = i - row * params.covered;
  var value: lane;
  if (column < params.start1) {
    value = input0[row * params.start1 + column];
  } else if (column < params.start2) {
    value = input1[row * (params.start2 - params.start1) + column - params.start1];
  } else if (column < params.start3) {
    value = input2[row * (params.start3 - params.start2) + column - params.start2];
  } else {
    value = input3[row * (params.covered - params.start3) + column - params.start3];
  }
  out[row * params.row + params.offset + column] = value;
}

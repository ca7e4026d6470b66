// offsets[n] = sum of count[0 ... n - 1], by one workgroup: each thread sums a stretch of rows, then writes the running
// sums of its stretch.
const THREADS = 128u;

@group(0) @binding(0) var<storage, read> count: array<u32>;
@group(0) @binding(1) var<storage, read_write> offsets: array<u32>;

var<workgroup> sums: array<u32, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(local_invocation_index) thread: u32) {
  let stretch = (params.rows + THREADS - 1u) / THREADS;
  let begin = min(params.rows, thread * stretch);
  let end = min(params.rows, begin + stretch);
  var sum = 0u;
  for (var n = begin; n < end; n++) { sum += count[n]; }
  sums[thread] = sum;
  workgroupBarrier();
  var total = 0u;
  for (var t = 0u; t < thread; t++) { total += sums[t]; }
  for (var n = begin; n < end; n++) {
    offsets[n] = total;
    total += count[n];
  }
  if (thread == THREADS - 1u) { offsets[params.rows] = total; }
}

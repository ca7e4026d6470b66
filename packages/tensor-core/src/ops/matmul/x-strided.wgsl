// Operand x of a workgroup tile with any strides and any alignment: a part is four elements, each loaded alone, along the
// depth where depths are adjacent in memory, else along the index (row of A, column of B).
@group(0) @binding(X_BINDING) var<storage, read> x_values: array<f32>;

const X_QUADS = X_EXTENT / 4u;
const X_BLOCKS = DEPTHS / 4u;
const X_PARTS = X_QUADS * DEPTHS;

var<workgroup> x_tile: array<array<array<vec4f, X_QUADS + 1u>, DEPTHS>, BUFFERS>;

fn x_along_depth() -> bool {
  return params.x_depth_stride == 1u;
}

// Where the four elements of a part lie, for depths from 0.
fn x_place(batch: u32, index0: u32, part: u32) -> vec4u {
  let steps = vec4u(0u, 1u, 2u, 3u);
  let along_depth = x_along_depth();
  let first = index0 + select(4u * (part % X_QUADS), part / X_BLOCKS, along_depth);
  let depth = select(part / X_QUADS, 4u * (part % X_BLOCKS), along_depth);
  let indices = min(vec4u(first) + select(steps, vec4u(0u), along_depth), vec4u(params.x_extent - 1u));
  let depths = vec4u(depth) + select(vec4u(0u), steps, along_depth);
  return vec4u(batch * params.x_batch_stride) + indices * params.x_index_stride + depths * params.x_depth_stride;
}

fn x_load(place: vec4u, part: u32, depth0: u32, end: u32) -> vec4f {
  let steps = vec4u(0u, 1u, 2u, 3u);
  let at = place + depth0 * params.x_depth_stride;
  let depths = depth0 + select(vec4u(part / X_QUADS), 4u * (part % X_BLOCKS) + steps, x_along_depth());
  let inside = depths < vec4u(end);
  return vec4f(
    x_element(at.x, inside.x),
    x_element(at.y, inside.y),
    x_element(at.z, inside.z),
    x_element(at.w, inside.w),
  );
}

fn x_element(place: u32, inside: bool) -> f32 {
  if (!inside) { return 0.0; }
  return x_values[place];
}

fn x_store(buffer: u32, part: u32, value: vec4f) {
  if (!x_along_depth()) {
    x_tile[buffer][part / X_QUADS][part % X_QUADS] = value;
    return;
  }
  let depth = 4u * (part % X_BLOCKS);
  let index = part / X_BLOCKS;
  let quad = index / 4u;
  let component = index % 4u;
  x_tile[buffer][depth][quad][component] = value.x;
  x_tile[buffer][depth + 1u][quad][component] = value.y;
  x_tile[buffer][depth + 2u][quad][component] = value.z;
  x_tile[buffer][depth + 3u][quad][component] = value.w;
}

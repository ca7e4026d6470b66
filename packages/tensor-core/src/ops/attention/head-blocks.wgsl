// A block of four tokens and four features of some matrices (batch row x head) for each thread, and where it goes: to
// [matrix, token, feature], or to [matrix, feature, token]. Tokens that do not count are zeros, whatever is in them.
struct Params {
  threads: u32,
  heads: u32,
  length: u32, // L
  width: u32, // d / 4
  first_matrix: u32,
  first_quad: u32, // of the tokens
  token_quads: u32, // taken, rounded up
  row_quads: u32, // of the marks of a batch row
  scale: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [B, L, H, d / 4]
@group(0) @binding(1) var<storage, read> marks: array<vec4f>;

struct Block {
  local: u32, // matrix of those taken
  quad: u32, // of tokens
  column: u32, // of features, four at a time
}

fn block_of(thread: u32) -> Block {
  let row = thread / params.width;
  let local = row / params.token_quads;
  return Block(local, row - local * params.token_quads, thread - row * params.width);
}

// Columns are tokens.
fn load_block(block: Block) -> mat4x4f {
  let matrix = params.first_matrix + block.local;
  let batch = matrix / params.heads;
  let head = matrix - batch * params.heads;
  let token_quad = params.first_quad + block.quad;
  let token = min(vec4u(4u * token_quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.length - 1u));
  let at = ((vec4u(batch * params.length) + token) * params.heads + head) * params.width + block.column;
  let counts = marks[batch * params.row_quads + token_quad] == vec4f(0.0);
  let zero = vec4f(0.0);
  return mat4x4f(
    select(zero, x[at.x] * params.scale, counts.x),
    select(zero, x[at.y] * params.scale, counts.y),
    select(zero, x[at.z] * params.scale, counts.z),
    select(zero, x[at.w] * params.scale, counts.w),
  );
}

fn place_by_token(block: Block) -> u32 {
  return (block.local * params.token_quads + block.quad) * 4u * params.width + block.column;
}

fn place_by_feature(block: Block) -> u32 {
  return (block.local * params.width + block.column) * 4u * params.token_quads + block.quad;
}

// Heads side by side as rows of tokens and as rows of features, from one reading.
@group(0) @binding(2) var<storage, read_write> by_token: array<vec4f>; // [matrix, token, d / 4]
@group(0) @binding(3) var<storage, read_write> by_feature: array<vec4f>; // [matrix, feature, token / 4]

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let item = (group.x + group.y * groups.x) * 64u + thread;
  if (item >= params.threads) { return; }
  let block = block_of(item);
  let tokens = load_block(block);
  let to = place_by_token(block);
  by_token[to] = tokens[0];
  by_token[to + params.width] = tokens[1];
  by_token[to + 2u * params.width] = tokens[2];
  by_token[to + 3u * params.width] = tokens[3];
  let features = transpose(tokens);
  let place = place_by_feature(block);
  by_feature[place] = features[0];
  by_feature[place + params.token_quads] = features[1];
  by_feature[place + 2u * params.token_quads] = features[2];
  by_feature[place + 3u * params.token_quads] = features[3];
}

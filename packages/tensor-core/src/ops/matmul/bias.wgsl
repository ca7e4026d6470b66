// Whether the kernel adds a bias and applies an activation at all; without, the product is some 5 % faster on lavapipe.
override EPILOGUE: bool = true;

@group(0) @binding(2) var<storage, read> bias: array<f32>;

// bias[column .. column + 3], or zeros where there is no bias.
fn bias_at(column: u32) -> vec4f {
  if (!EPILOGUE || (params.epilogue & BIASED) == 0u) { return vec4f(0.0); }
  let last = params.columns - 1u;
  return vec4f(bias[min(column, last)], bias[min(column + 1u, last)], bias[min(column + 2u, last)], bias[min(column + 3u, last)]);
}

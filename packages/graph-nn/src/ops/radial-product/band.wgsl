// u_ek = exp(-(s_e - k)^2) for the distance s_e in spacings of the K Gaussians. E edges, N columns of the product.
struct Params {
  edges: u32,
  bins: u32,
  columns: u32,
  // Edges of one chunk of the weight's gradient.
  chunk: u32,
  // Spacings in 1 A.
  per_angstrom: f32,
}
var<immediate> params: Params;

// Spacings: a Gaussian further away is below exp(-20.25) = 1.6e-9, a fortieth of half a unit in the last place of the nearest.
const REACH = 4.5;

struct Band {
  first: i32,
  // One past the last.
  end: i32,
}

// The Gaussians within reach of distances from least to most, in spacings.
fn band_of(least: f32, most: f32) -> Band {
  let bins = f32(params.bins);
  let first = clamp(ceil(least - REACH), 0.0, bins);
  return Band(i32(first), i32(clamp(floor(most + REACH) + 1.0, first, bins)));
}

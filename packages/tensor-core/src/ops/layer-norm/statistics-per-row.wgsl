@group(0) @binding(2) var<storage, read> means: array<f32>;
@group(0) @binding(3) var<storage, read> rstds: array<f32>;

fn normalized(value: Element, row: u32, column: u32) -> Element {
  return (value - means[row]) * rstds[row];
}

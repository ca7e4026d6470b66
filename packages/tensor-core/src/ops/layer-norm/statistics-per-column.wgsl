@group(0) @binding(2) var<storage, read> means: array<Element>;
@group(0) @binding(3) var<storage, read> rstds: array<Element>;

fn normalized(value: Element, row: u32, column: u32) -> Element {
  return (value - means[column]) * rstds[column];
}

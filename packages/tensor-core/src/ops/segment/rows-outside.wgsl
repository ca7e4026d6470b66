// Sets the rows before the first and after the last segment to zero; `by_row` is the kernel's output [rows, columns].
fn clear_rows_outside(work: Work, span: Span) {
  if (work.part != 0u) {
    return;
  }
  if (work.segment == 0u) {
    for (var row = 0u; row < span.start; row++) {
      by_row[row * params.columns + work.column] = Element(0.0);
    }
  }
  if (work.segment == params.segments - 1u) {
    for (var row = span.end; row < params.rows; row++) {
      by_row[row * params.columns + work.column] = Element(0.0);
    }
  }
}

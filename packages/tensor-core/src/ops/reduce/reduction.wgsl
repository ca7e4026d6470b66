// What a reduction makes of each value and how it merges two partial results.
override KIND: u32;

const MAX = 1u;
const MIN = 2u;
const LOG_SUM_EXP = 3u;
const SQUARED_DEVIATION = 4u;
const EQUAL_COUNT = 5u;
const EXP_SUM = 6u;

fn mapped(kind: u32, value: Element, shift: Element) -> Element {
  switch kind {
    case SQUARED_DEVIATION: {
      let deviation = value - shift;
      return deviation * deviation;
    }
    case EQUAL_COUNT: {
      return select(Element(0.0), Element(1.0), value == shift);
    }
    case EXP_SUM: {
      return exp(value - shift);
    }
    default: {
      return value;
    }
  }
}

// NaN on either side wins, also in maxima and minima.
fn merged(kind: u32, a: Element, b: Element) -> Element {
  switch kind {
    case MAX: {
      return select(a, b, is_nan(b) | ((b > a) & !is_nan(a)));
    }
    case MIN: {
      return select(a, b, is_nan(b) | ((b < a) & !is_nan(a)));
    }
    default: {
      return a + b;
    }
  }
}

fn neutral(kind: u32) -> Element {
  switch kind {
    case MAX: {
      return Element(-params.infinity);
    }
    case MIN: {
      return Element(params.infinity);
    }
    default: {
      return Element(0.0);
    }
  }
}

// The maximum where it is finite: exp(x - shift) must not meet inf - inf.
fn finite_shift(largest: Element) -> Element {
  return select(largest, Element(0.0), abs(largest) > Element(3.4028234e38));
}

// log(sum of exp) from the maximum and the sum of exp(x - finite_shift). An infinite maximum is the result itself:
// some drivers' log(0) is finite.
fn log_total(largest: Element, total: Element) -> Element {
  let infinite = abs(largest) > Element(3.4028234e38);
  return select(finite_shift(largest) + log(total), largest, infinite);
}

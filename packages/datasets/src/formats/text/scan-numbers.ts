/** 10^0 … 10^22, all exact in float64. */
const EXACT_POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Below this a further decimal digit still gives an integer that float64 holds exactly. */
const MAX_MANTISSA = (Number.MAX_SAFE_INTEGER - 9) / 10;

const SPACE = 32;
const TAB = 9;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;

function isBlank(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= 13) || code === 160;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `e`, `E`, and Fortran's `d`, `D`. */
function isExponentLetter(code: number): boolean {
  return code === 101 || code === 69 || code === 100 || code === 68;
}

/**
 * Decimal numbers of one line of text, separated by blanks, as C and Fortran print them: `1`, `-.5`, `1.E-3`, `1.0D+02`, and
 * `0.1-100` (Fortran leaves the letter out before three digits).
 *
 * Strict: no `NaN`, `Infinity`, hexadecimal, `****`, and nothing that is too large for float64. Correctly rounded.
 */
export class NumberScanner {
  /** Where the token that stopped the scan begins, from 0; the length of the line where nothing did. */
  position = 0;

  /**
   * Writes the numbers of `line` into `out` from `offset` on, `limit` of them at most.
   *
   * @returns how many; the scan stops before the first token that is no number, see {@link position}
   */
  scan(
    line: string,
    out: { [index: number]: number },
    offset = 0,
    limit: number = Number.POSITIVE_INFINITY,
  ): number {
    const { length } = line;
    let at = 0;
    for (let count = 0; ; count++) {
      while (at < length && isBlank(line.charCodeAt(at))) at++;
      this.position = at;
      if (at === length || count === limit) return count;
      const value = this.#number(line, at);
      if (value === undefined) {
        this.position = at;
        return count;
      }
      out[offset + count] = value;
      at = this.position;
    }
  }

  /** The number that begins at `start` and ends at a blank or the end; leaves `position` behind it. */
  #number(line: string, start: number): number | undefined {
    const { length } = line;
    let at = start;
    let code = line.charCodeAt(at);
    const negative = code === MINUS;
    if (negative || code === PLUS) code = line.charCodeAt(++at);
    let mantissa = 0;
    let exact = true;
    let digits = 0;
    let scale = 0;
    let afterDot = false;
    for (; at < length; code = line.charCodeAt(++at)) {
      if (isDigit(code)) {
        digits++;
        if (afterDot) scale--;
        if (mantissa > MAX_MANTISSA) exact = false;
        mantissa = 10 * mantissa + (code - 48);
      } else if (code === DOT && !afterDot) afterDot = true;
      else break;
    }
    if (digits === 0) return undefined;
    const mantissaEnd = at;
    let exponent = 0;
    if (at < length && !isBlank(code)) {
      const bare = !isExponentLetter(code);
      if (!bare) code = line.charCodeAt(++at);
      const sign = code === MINUS ? -1 : 1;
      const signed = code === MINUS || code === PLUS;
      if (signed) at++;
      const first = at;
      for (; at < length && isDigit(line.charCodeAt(at)); at++) {
        exponent = Math.min(10 * exponent + (line.charCodeAt(at) - 48), 99_999);
      }
      const wrong = at === first || (bare && !(signed && at - first === 3));
      if (wrong || (at < length && !isBlank(line.charCodeAt(at)))) return undefined;
      exponent *= sign;
    }
    this.position = at;
    const power = exponent + scale;
    if (exact && power >= -22 && power <= 22) {
      const value = power < 0 ? mantissa / EXACT_POWERS[-power]! : mantissa * EXACT_POWERS[power]!;
      return negative ? -value : value;
    }
    const value = Number(`${line.slice(start, mantissaEnd)}e${exponent}`);
    return Number.isFinite(value) ? value : undefined;
  }
}

const scanner = new NumberScanner();
const single = [0];

/** The number that a token is, strictly, or `undefined`. */
export function parseNumber(token: string): number | undefined {
  if (scanner.scan(token, single, 0, 1) !== 1 || scanner.position !== token.length) return undefined;
  return single[0];
}

/** The integer that a token is, digits and sign only, or `undefined`. */
export function parseInteger(token: string): number | undefined {
  if (!/^[+-]?\d{1,15}$/.test(token)) return undefined;
  return Number(token);
}

/** The blank-separated tokens of a line. */
export function tokensOf(line: string): string[] {
  const trimmed = line.trim();
  return trimmed === '' ? [] : trimmed.split(/\s+/);
}

import { elementBySymbol } from '../elements/element';
import { ChemistryError } from './chemistry-error';
import { add, multiply, ONE, type Rational, rational } from './rational';

/** Exact atoms of each element in one formula unit, in the order in which the formula names them. */
export type ExactComposition = ReadonlyMap<string, Rational>;

const LONGEST = 300;
const DEEPEST = 8;
/** Digits of an amount: no formula has more. */
const MOST_DIGITS = 12;

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
/** Amount: 2, 0.5, .5, 9/2. */
const AMOUNT = /\d+\/\d+|\d+(?:\.\d+)?|\.\d+/y;
const ELEMENT = /[A-Z][a-z]?/y;
const ADDITION = /[·•⋅∙*]/y;
/** x, 1-x, 0.5x, 7-δ. */
const VARIABLE = /^[-+±\d./*]*([a-zδΔ])/;

/**
 * Atoms of each element in a chemical formula, as exact fractions.
 *
 * Reads nested brackets (`Ba(OH)2`, `K3[Fe(CN)6]`), decimals and fractions (`La0.7Sr0.3MnO3`, `SrFeO5/2`), added parts with an amount of their
 * own (`CuSO4·5H2O`, also `CuSO4.5H2O`), subscripts as letters (`Al₂O₃`) and deuterium as hydrogen.
 *
 * @throws {ChemistryError} `FORMULA_SYNTAX` with the position, `FORMULA_VARIABLE` for amounts such as x or δ, `FORMULA_TOO_LARGE`
 *
 * @example
 * ```ts
 * parseFormula('Ba(OH)2·8H2O').get('O'); // { numerator: 10n, denominator: 1n }
 * ```
 */
export function parseFormula(formula: string): ExactComposition {
  if (formula.length > LONGEST) {
    throw new ChemistryError(
      'FORMULA_TOO_LARGE',
      `formula: at most ${LONGEST} characters expected, got ${formula.length}. Give one formula.`,
    );
  }
  const reader = new FormulaReader(formula, plainText(formula));
  return reader.whole();
}

/** Subscripts as digits, spaces left out, and the dot of a hydrate told from a decimal point. */
function plainText(formula: string): string {
  return formula
    .trim()
    .replace(/[₀-₉]/g, (digit) => String(SUBSCRIPTS.indexOf(digit)))
    .replace(/\s+/g, '')
    .replace(/\.(?=\d*H2O$)/, '·');
}

class FormulaReader {
  readonly #formula: string;
  readonly #text: string;
  #at = 0;

  constructor(formula: string, text: string) {
    this.#formula = formula;
    this.#text = text;
  }

  whole(): ExactComposition {
    const atoms = new Map<string, Rational>();
    do {
      const amount = this.#amount();
      collect(atoms, this.#group(0), amount);
    } while (this.#take(ADDITION) !== null);
    if (this.#at < this.#text.length) throw this.#unexpected();
    return atoms;
  }

  /** Elements and brackets up to what is neither. */
  #group(depth: number): Map<string, Rational> {
    const atoms = new Map<string, Rational>();
    for (;;) {
      const closing = CLOSING[this.#text[this.#at] ?? ''];
      if (closing !== undefined) {
        if (depth === DEEPEST) {
          throw new ChemistryError(
            'FORMULA_TOO_LARGE',
            `formula "${this.#formula}": at most ${DEEPEST} brackets inside each other expected, got more. Multiply some out.`,
          );
        }
        this.#at++;
        const group = this.#group(depth + 1);
        if (this.#text[this.#at] !== closing) throw this.#unexpected(`"${closing}"`);
        this.#at++;
        collect(atoms, group, this.#amount());
        continue;
      }
      const symbol = this.#symbol();
      if (symbol === null) break;
      collect(atoms, new Map([[symbol, ONE]]), this.#amount());
    }
    if (atoms.size === 0) throw this.#unexpected('an element');
    return atoms;
  }

  #symbol(): string | null {
    const start = this.#at;
    const letters = this.#take(ELEMENT);
    if (letters === null) return null;
    const known = [letters, letters[0]!].find((symbol) => isElement(symbol));
    if (known === undefined) {
      this.#at = start;
      throw this.#unexpected('the symbol of an element');
    }
    this.#at = start + known.length;
    return known === 'D' || known === 'T' ? 'H' : known;
  }

  /** The amount that stands here; 1 where none does. */
  #amount(): Rational {
    const digits = this.#take(AMOUNT);
    if (digits === null) return ONE;
    if (digits.length > MOST_DIGITS) {
      throw new ChemistryError(
        'FORMULA_TOO_LARGE',
        `formula "${this.#formula}": amounts of at most ${MOST_DIGITS} digits expected, got ${digits}. Round them.`,
      );
    }
    const amount = exact(digits);
    if (amount === null) throw this.#unexpected('an amount above 0');
    return amount;
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found === undefined) return null;
    this.#at += found.length;
    return found;
  }

  #unexpected(expected = 'an element, an amount or a bracket'): ChemistryError {
    const rest = this.#text.slice(this.#at);
    const [, variable] = VARIABLE.exec(rest) ?? [];
    if (variable !== undefined) {
      return new ChemistryError(
        'FORMULA_VARIABLE',
        `formula "${this.#formula}": numbers expected as amounts, got the variable "${variable}" at character ${this.#at + 1}. Put a number in its place.`,
      );
    }
    return new ChemistryError(
      'FORMULA_SYNTAX',
      `formula "${this.#formula}": ${expected} expected at character ${this.#at + 1}, got ${rest === '' ? 'the end' : `"${rest.slice(0, 12)}"`}. Write it as Ba(OH)2 or La0.7Sr0.3MnO3.`,
    );
  }
}

function isElement(symbol: string): boolean {
  return symbol === 'D' || symbol === 'T' || elementBySymbol(symbol) !== undefined;
}

/** Adds `amount` times `atoms` to `into`. */
function collect(into: Map<string, Rational>, atoms: ReadonlyMap<string, Rational>, amount: Rational): void {
  for (const [symbol, count] of atoms) {
    const more = multiply(count, amount);
    const before = into.get(symbol);
    into.set(symbol, before === undefined ? more : add(before, more));
  }
}

/** 0.125 as 1/8, 9/2 as it is; null for 0 and for a denominator of 0. */
function exact(digits: string): Rational | null {
  const [above = '', below] = digits.split('/');
  if (below !== undefined) {
    return BigInt(below) === 0n || BigInt(above) === 0n ? null : rational(BigInt(above), BigInt(below));
  }
  const [whole = '', decimals = ''] = above.split('.');
  const amount = rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
  return amount.numerator === 0n ? null : amount;
}

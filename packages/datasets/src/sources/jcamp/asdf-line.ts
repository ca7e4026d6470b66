/** Numbers of one line of an ASDF table. */
export interface AsdfLine {
  /** First number, always in plain digits: the abscissa. */
  readonly x: number;
  /** Ordinates, repeats and differences worked out. */
  readonly values: readonly number[];
  /** Whether the last ordinate was a difference: the next line then begins with it again as a check. */
  readonly endsInDifference: boolean;
}

/** Leading digit and sign by letter: `@` 0, `A`…`I` 1…9, `a`…`i` −1…−9. */
const SQUEEZED: ReadonlyMap<string, string> = digitTable('@ABCDEFGHI', 'abcdefghi');
/** Of a difference: `%` 0, `J`…`R`, `j`…`r`. */
const DIFFERENCE: ReadonlyMap<string, string> = digitTable('%JKLMNOPQR', 'jklmnopqr');
/** Of a count: `S`…`Z` 1…8, `s` 9. */
const REPEAT: ReadonlyMap<string, string> = new Map(
  [...'STUVWXYZs'].map((letter, k) => [letter, `${k + 1}`]),
);
/** Ordinates on one line: a count is written in a few characters. */
const MAX_VALUES = 100_000;

function digitTable(positive: string, negative: string): Map<string, string> {
  const digits = [...positive].map((letter, digit): [string, string] => [letter, `${digit}`]);
  return new Map([...digits, ...[...negative].map((letter, k): [string, string] => [letter, `-${k + 1}`])]);
}

/**
 * One line of `(X++(Y..Y))`: plain (AFFN), packed (PAC), squeezed (SQZ), difference (DIF) and duplicate (DUP) forms, in any mixture
 * (McDonald and Wilks, Applied Spectroscopy 42, 151 (1988)).
 *
 * An exponent of a plain number has a sign (`1.5E+03`): without one, `E` is a squeezed 5.
 *
 * @returns `undefined` where the line has other characters, or a difference or count that follows nothing
 */
export function asdfLine(line: string): AsdfLine | undefined {
  const tokens = tokensOf(line);
  if (tokens === undefined || tokens.length === 0) return undefined;
  const x = plainNumber(tokens[0]!.text, tokens[0]!.kind);
  if (x === undefined) return undefined;
  const values: number[] = [];
  let last: number | undefined;
  let step: number | undefined;
  for (const { kind, text } of tokens.slice(1)) {
    const number = Number(text);
    if (!Number.isFinite(number)) return undefined;
    if (kind === 'repeat') {
      // The count says how often the ordinate stands there in all; a difference is applied again each time.
      if (values.length === 0 || last === undefined || number < 1 || values.length + number > MAX_VALUES)
        return undefined;
      for (let k = 1; k < number; k++) {
        last += step ?? 0;
        values.push(last);
      }
      continue;
    }
    if (kind === 'difference') {
      if (last === undefined) return undefined;
      step = number;
      last += step;
    } else {
      step = undefined;
      last = number;
    }
    values.push(last);
  }
  return { x, values, endsInDifference: step !== undefined };
}

interface AsdfToken {
  readonly kind: 'plain' | 'squeezed' | 'difference' | 'repeat';
  /** Decimal digits. */
  readonly text: string;
}

function plainNumber(text: string, kind: AsdfToken['kind']): number | undefined {
  const x = Number(text);
  return kind === 'plain' && Number.isFinite(x) ? x : undefined;
}

/** A sign, a digit or a dot begins a plain number; a letter begins one of the packed forms. */
const TOKEN = /([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]\d+)?)|([@A-Ia-i%J-Rj-rS-Zs])(\d*)|[\s,;]+/y;

function tokensOf(line: string): AsdfToken[] | undefined {
  const tokens: AsdfToken[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < line.length) {
    const found = TOKEN.exec(line);
    if (found === null) return undefined;
    const [, plain, letter, digits = ''] = found;
    if (plain !== undefined) tokens.push({ kind: 'plain', text: plain });
    if (letter !== undefined) tokens.push(packedToken(letter, digits));
  }
  return tokens;
}

function packedToken(letter: string, digits: string): AsdfToken {
  const squeezed = SQUEEZED.get(letter);
  if (squeezed !== undefined) return { kind: 'squeezed', text: squeezed + digits };
  const difference = DIFFERENCE.get(letter);
  if (difference !== undefined) return { kind: 'difference', text: difference + digits };
  return { kind: 'repeat', text: REPEAT.get(letter)! + digits };
}

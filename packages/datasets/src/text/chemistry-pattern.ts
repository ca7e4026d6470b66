import { ELEMENTS } from '../elements/element';

const SYMBOLS = ELEMENTS.map(({ symbol }) => symbol);
/** Symbols by their first letter, `A[cglmrstu]|B[aehikr]?` …: one look at a letter decides. */
const BY_LETTER = [...new Set(SYMBOLS.map((symbol) => symbol[0]!))].sort().map((letter) => {
  const seconds = SYMBOLS.filter((symbol) => symbol.length === 2 && symbol.startsWith(letter)).map(
    (symbol) => symbol[1]!,
  );
  const alone = SYMBOLS.includes(letter);
  const second = seconds.length === 0 ? '' : `[${seconds.sort().join('')}]${alone ? '?' : ''}`;
  return letter + second;
});
/** A symbol ends where no small letter follows: `Co` is never `C`. */
const SYMBOL = `(?:${BY_LETTER.join('|')})(?!\\p{Ll})`;

/** −, hyphen or en dash in front of an index; digits with a combining macron or overline are negative too. */
const INDEX = '[-−–]?[0-9][\u0304\u0305]?';
const OPEN = '[(\\[{<⟨]';
const CLOSE = '[)\\]}>⟩]';
const MILLER = `(?:${OPEN}(?:${INDEX}){3,4}${CLOSE}|${OPEN}${INDEX}[0-9]?(?:(?:, ?| )${INDEX}[0-9]?){2,3}${CLOSE})`;

/** Letters up to the end of their run make symbols only; bounded, so that a long run costs linear time. */
const RUN = `(?:${SYMBOL}){1,20}(?!\\p{L})`;

const POWER = '(?:\\^?[-−⁻]?[0-9¹²³⁴⁵⁶]{1,2})?';
/** Behind a number and a space; some are element symbols too, and Mg, Tm, Ts are no prefixed units. */
const UNIT =
  '(?!Mg|Tm|Ts)(?:°C|°F|°|℃|Å|[kMGTcmµμnpf]?(?:eV|Hz|Pa|W|V|J|N|K|A|m|g|s|S|F|C|T)|[mµμ]?[Ll]|rpm|mol|atom|atm|bar|torr|min|hr|h|wt%|at%|vol%|mol%|%|M|kcal|cal|THz|rad|ppm)';

/**
 * The pieces of a text about materials, for a regular expression of JavaScript as well as of Oniguruma (Hugging Face); in order:
 *
 * 1. Miller indices whole: `(110)`, `[0-11]`, `{1 0 0}`, `<1, -1, 0>`, `(10-10)`
 * 2. the unit behind a number, with the space between them: ` GPa`, ` g/cm³`, `°C`, ` K`; without a
 *    space only those that are no element symbols
 * 3. each element symbol of a run of letters made of symbols alone: `LiFePO4` is `Li` `Fe` `P` `O` `4`; the space before is a piece, as it
 *    is before Miller indices
 * 4. a number: `4`, `0.25`
 * 5. a word with the space before it, at most 40 letters a piece
 * 6. any other sign, with the space before it
 * 7. spaces
 *
 * Every quantifier that could run over a long text is bounded or follows a single class, so the time is linear.
 */
export const CHEMISTRY_PATTERN: string = [
  MILLER,
  `(?<=[0-9]) ${UNIT}${POWER}(?:[/·⋅]${UNIT}${POWER}){0,3}(?![\\p{L}0-9])`,
  `(?<=[0-9])(?:°C|°F|°|℃|Å|[GMk]Pa|[kmµμ]eV|eV|[nµμmc]m|min|h|%)${POWER}(?![\\p{L}0-9])`,
  `(?=${RUN})${SYMBOL}`,
  ` (?=${RUN}|${MILLER})`,
  '[0-9]{1,6}(?:\\.[0-9]{1,6})?',
  ' ?[\\p{L}\\p{M}]{1,40}',
  '\\p{N}',
  ' ?[^\\s\\p{L}\\p{N}]',
  '\\s+(?!\\S)',
  '\\s',
].join('|');

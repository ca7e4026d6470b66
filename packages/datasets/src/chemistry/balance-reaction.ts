import { ChemistryError } from './chemistry-error';
import { type ExactComposition, parseFormula } from './parse-formula';
import { greatestCommonDivisor, negate, type Rational, sign, toNumber, ZERO } from './rational';
import { solveExactly } from './solve-exactly';

/** A substance of a reaction and its whole amount. */
export interface ReactionTerm {
  readonly formula: string;
  readonly amount: number;
}

/** Left and right of a balanced reaction, in the smallest whole amounts. */
export interface BalancedReaction {
  /** Precursors in the order given, then what is taken up from the atmosphere. */
  readonly reactants: readonly ReactionTerm[];
  /** The target, then what is given off. */
  readonly products: readonly ReactionTerm[];
}

/** What a furnace gives off or takes up besides precursors and target. */
export interface ExchangedSubstance {
  readonly formula: string;
  /** Whether the reaction may take it up, too. */
  readonly takenUp?: boolean;
}

/** What syntheses in air exchange; the first that balance are taken, the fewest before more. */
export const EXCHANGED_IN_AIR: readonly ExchangedSubstance[] = [
  { formula: 'CO2' },
  { formula: 'O2', takenUp: true },
  { formula: 'H2O', takenUp: true },
  { formula: 'NH3' },
  { formula: 'NO2' },
  { formula: 'SO3' },
  { formula: 'HCl' },
  { formula: 'HF' },
  { formula: 'N2' },
];

const MOST_PRECURSORS = 12;
const MOST_EXCHANGED = 12;
/** Substances exchanged at once: acetates and nitrates together need four. */
const MOST_AT_ONCE = 4;

/**
 * Whole amounts with which precursors become a target, every element conserved exactly.
 *
 * Each precursor takes part in a positive amount. Of the substances that may be exchanged with the surroundings as few as possible are
 * used, in the order given. Amounts are solved for as fractions, so no rounding can pass for a balance.
 *
 * @throws {ChemistryError} as {@link parseFormula}; `REACTION_UNBALANCED` with an element that cannot be conserved where there is one;
 * `REACTION_AMBIGUOUS` where precursors can stand in for each other (Fe2O3 and FeO in air)
 *
 * @example
 * ```ts
 * reactionText(balanceReaction('BaTiO3', ['BaCO3', 'TiO2'])); // 'BaCO3 + TiO2 → BaTiO3 + CO2'
 * ```
 */
export function balanceReaction(
  target: string,
  precursors: readonly string[],
  exchanged: readonly ExchangedSubstance[] = EXCHANGED_IN_AIR,
): BalancedReaction {
  bounded('precursors', precursors.length, MOST_PRECURSORS);
  bounded('exchanged substances', exchanged.length, MOST_EXCHANGED);
  const product = parseFormula(target);
  const sources = precursors.map(parseFormula);
  const surroundings = exchanged.map((substance) => ({
    ...substance,
    atoms: parseFormula(substance.formula),
  }));
  requireSources(target, product, sources, surroundings);

  let ambiguous = false;
  for (const chosen of choices(surroundings, MOST_AT_ONCE)) {
    const found = solve(product, [...sources, ...chosen.map(({ atoms }) => atoms)]);
    if (found.kind === 'many') ambiguous = true;
    if (found.kind !== 'one') continue;
    const used = found.values.slice(0, sources.length);
    const taken = found.values.slice(sources.length);
    const isAllowed = taken.every(
      (amount, k) => sign(amount) < 0 || (sign(amount) > 0 && chosen[k]!.takenUp),
    );
    if (used.every((amount) => sign(amount) > 0) && isAllowed) {
      return inWholeAmounts(target, precursors, used, chosen, taken);
    }
  }
  const named = `${precursors.join(' + ') || 'no precursors'} → ${target}`;
  if (ambiguous) {
    throw new ChemistryError(
      'REACTION_AMBIGUOUS',
      `reaction ${named}: one set of amounts expected, got many: some precursors can stand in for others. Leave one out.`,
    );
  }
  throw new ChemistryError(
    'REACTION_UNBALANCED',
    `reaction ${named}: positive amounts of every precursor expected to conserve each element, got none. Check the formulas, or name what is given off.`,
  );
}

/** A reaction on one line: `2 LiOH + … → …`, amounts of 1 left out. */
export function reactionText({ reactants, products }: BalancedReaction): string {
  const side = (terms: readonly ReactionTerm[]): string =>
    terms.map(({ formula, amount }) => (amount === 1 ? formula : `${amount} ${formula}`)).join(' + ');
  return `${side(reactants)} → ${side(products)}`;
}

function bounded(what: string, count: number, most: number): void {
  if (count <= most) return;
  throw new ChemistryError(
    'FORMULA_TOO_LARGE',
    `reaction: at most ${most} ${what} expected, got ${count}. Leave some out.`,
  );
}

/** An element of the target that nothing brings is the clearest fault: it is named. */
function requireSources(
  target: string,
  product: ExactComposition,
  sources: readonly ExactComposition[],
  surroundings: readonly { readonly takenUp?: boolean; readonly atoms: ExactComposition }[],
): void {
  const brought = new Set([
    ...sources.flatMap((atoms) => [...atoms.keys()]),
    ...surroundings.filter(({ takenUp }) => takenUp).flatMap(({ atoms }) => [...atoms.keys()]),
  ]);
  const missing = [...product.keys()].filter((symbol) => !brought.has(symbol));
  if (missing.length === 0) return;
  throw new ChemistryError(
    'REACTION_UNBALANCED',
    `reaction → ${target}: a precursor with ${missing.join(', ')} expected, got none. Add one.`,
  );
}

/** Amounts of substances that add up to the product; 'many' where they are not determined. */
function solve(
  product: ExactComposition,
  substances: readonly ExactComposition[],
): ReturnType<typeof solveExactly> {
  const elements = new Set([product, ...substances].flatMap((atoms) => [...atoms.keys()]));
  const rows = [...elements].map((symbol) => [
    ...substances.map((atoms) => atoms.get(symbol) ?? ZERO),
    product.get(symbol) ?? ZERO,
  ]);
  return solveExactly(rows, substances.length);
}

/** Every choice of up to `most` of the items, fewer before more, in their order. */
function* choices<T>(items: readonly T[], most: number): Generator<readonly T[]> {
  for (let size = 0; size <= Math.min(most, items.length); size++) yield* choicesOf(items, size);
}

function* choicesOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [index, item] of items.entries()) {
    for (const rest of choicesOf(items.slice(index + 1), size - 1)) yield [item, ...rest];
  }
}

function inWholeAmounts(
  target: string,
  precursors: readonly string[],
  used: readonly Rational[],
  chosen: readonly ExchangedSubstance[],
  taken: readonly Rational[],
): BalancedReaction {
  const amounts = [...used, ...taken];
  const multiple = amounts.reduce(
    (least, { denominator }) => (least * denominator) / greatestCommonDivisor(least, denominator),
    1n,
  );
  const whole = ({ numerator, denominator }: Rational): number =>
    toNumber({ numerator: numerator * multiple, denominator });
  const exchangedTerms = (direction: number): ReactionTerm[] =>
    chosen.flatMap(({ formula }, k) =>
      sign(taken[k]!) === direction
        ? [{ formula, amount: whole(direction > 0 ? taken[k]! : negate(taken[k]!)) }]
        : [],
    );
  return {
    reactants: [
      ...precursors.map((formula, k) => ({ formula, amount: whole(used[k]!) })),
      ...exchangedTerms(1),
    ],
    products: [{ formula: target, amount: Number(multiple) }, ...exchangedTerms(-1)],
  };
}

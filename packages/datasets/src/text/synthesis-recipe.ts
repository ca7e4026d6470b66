/** A value or a span of values as a paper gives it. */
export interface ValueRange {
  readonly least: number;
  readonly most: number;
  /** As mined: `C`, `°C`, `K`; `h`, `min`, `day`. */
  readonly unit: string;
}

/** One operation of a synthesis. */
export interface SynthesisStep {
  /** `HeatingOperation`, `Mixing`, … */
  readonly type: string;
  /** The verb of the paper. */
  readonly word: string;
  readonly temperatures: readonly ValueRange[];
  readonly times: readonly ValueRange[];
  readonly atmospheres: readonly string[];
  readonly media: readonly string[];
  readonly devices: readonly string[];
}

/** How a material was made. */
export interface SynthesisRecipe {
  /** Stable within its source: `solid-state-0`. */
  readonly id: string;
  readonly kind: 'solid-state' | 'sol-gel';
  readonly doi: string;
  /** Formula as mined, fractions and unknowns (`x`) included. */
  readonly target: string;
  /** Reduced formula, where the target is one phase of whole numbers. */
  readonly targetReduced?: string;
  /** Materials Project id of the target, where known. */
  readonly targetMpId?: string;
  readonly precursors: readonly string[];
  /** Balanced. */
  readonly reaction: string;
  readonly steps: readonly SynthesisStep[];
}

/** `900 °C` for what sources write as `C`, and hours and days in one spelling. */
const UNITS = new Map([
  ['C', '°C'],
  ['hours', 'h'],
  ['hour', 'h'],
  ['hrs', 'h'],
  ['hr', 'h'],
  ['minutes', 'min'],
  ['day', 'd'],
  ['days', 'd'],
]);

/**
 * The recipe as a paragraph: target, precursors, steps in order with temperature, time, atmosphere and medium, and the reaction.
 *
 * @example
 * ```ts
 * recipeText(recipe); // 'LiFePO4 is made in the solid state from Li2CO3, FeC2O4 and NH4H2PO4. Steps: mixed in ethanol; fired at 700 °C for 12 h in argon. …'
 * ```
 */
export function recipeText({ kind, target, precursors, steps, reaction }: SynthesisRecipe): string {
  const way = kind === 'solid-state' ? 'in the solid state' : 'by a sol-gel route';
  const from = precursors.length === 0 ? '' : ` from ${listed(precursors)}`;
  const told = steps.length === 0 ? '' : ` Steps: ${steps.map(stepText).join('; ')}.`;
  return `${target} is made ${way}${from}.${told} Reaction: ${reaction}.`;
}

function stepText({ word, temperatures, times, atmospheres, media, devices }: SynthesisStep): string {
  return [
    word,
    ...phrase('at', temperatures.map(rangeText)),
    ...phrase('for', times.map(rangeText)),
    ...phrase('in', atmospheres),
    ...phrase('in', media),
    ...phrase('with', devices),
  ].join(' ');
}

function phrase(preposition: string, words: readonly string[]): string[] {
  return words.length === 0 ? [] : [`${preposition} ${listed([...new Set(words)])}`];
}

function rangeText({ least, most, unit }: ValueRange): string {
  const values = least === most ? `${most}` : `${least} to ${most}`;
  return `${values} ${UNITS.get(unit) ?? unit}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

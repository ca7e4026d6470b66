import { ELEMENTS, elementOf } from '@bravais/datasets';

const NOBLE_GASES = 18;
/** Plutonium: what is heavier is in hardly any data set. */
const HEAVIEST = 94;

/**
 * Atomic numbers of the elements beside one in the periodic table: above and below it, then left and right of it; in the f block those
 * before and after it. Noble gases are beside nothing.
 *
 * @example
 * ```ts
 * similarElements(38); // Ca, Ba, Rb, Y around Sr
 * ```
 */
export function similarElements(atomicNumber: number): number[] {
  const own = elementOf(atomicNumber);
  if (!own || own.group === NOBLE_GASES) return [];
  const candidates = ELEMENTS.filter(
    ({ atomicNumber: z, group }) => z <= HEAVIEST && group !== NOBLE_GASES && z !== atomicNumber,
  );
  const { group, period } = own;
  const beside =
    group === null
      ? candidates.filter((each) => each.group === null && Math.abs(each.atomicNumber - atomicNumber) === 1)
      : [
          ...candidates.filter((each) => each.group === group && Math.abs(each.period - period) === 1),
          ...candidates.filter(
            (each) => each.period === period && each.group !== null && Math.abs(each.group - group) === 1,
          ),
        ];
  return beside.map(({ atomicNumber: z }) => z);
}

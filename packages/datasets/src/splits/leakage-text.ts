import type { LeakageReport } from './leakage-report';

/** Near-duplicates and ids that are listed. */
const LISTED = 5;

/** A {@link LeakageReport} for people, a few lines. */
export function leakageText(report: LeakageReport): string {
  const { counts, repeatedIds, sharedFormulas, nearDuplicates, tolerance, comparedPairs, notCompared } =
    report;
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  const percent = `${Number((100 * tolerance).toPrecision(3))} %`;
  return [
    `leakage between ${parts.join(', ')}`,
    repeatedIds.length === 0
      ? '  ids: none stands twice'
      : `  ids: ${repeatedIds.length} stand more than once: ${listed(repeatedIds, ({ id, parts: of }) => `${id} (${of.join(', ')})`)}`,
    ...(sharedFormulas.length === 0 ? ['  formulas: none in two parts'] : []),
    ...sharedFormulas.map(
      ({ parts: [one, other], formulas, records, examples }) =>
        `  formulas: ${formulas} in both ${one} and ${other} (${records[0]} of ${counts[one]} and ${records[1]} of ${counts[other]} records): ${examples.join(', ')}${formulas > examples.length ? ', …' : ''}`,
    ),
    `  structures: ${nearDuplicates.length} of ${comparedPairs} pairs of one formula agree within ${percent} in every mean neighbour distance${
      nearDuplicates.length === 0
        ? ''
        : `: ${listed(nearDuplicates, ({ formula, ids, parts: of }) => `${formula} ${ids[0]} (${of[0]}) = ${ids[1]} (${of[1]})`)}`
    }`,
    ...(notCompared === 0
      ? []
      : [`  ${notCompared} records of shared formulas have no structure, or too many sites to compare`]),
  ].join('\n');
}

function listed<T>(items: readonly T[], say: (item: T) => string): string {
  return items.slice(0, LISTED).map(say).join('; ') + (items.length > LISTED ? '; …' : '');
}

import type { NumberRange, SetDescription, SetManifest } from '@bravais/datasets/node';
import { factsTable } from '../output/facts-table';
import { formatCount, formatValue } from '../output/format-number';

/** What `data describe` prints. */
export function descriptionText(manifest: SetManifest, description: SetDescription): string {
  const { title, source, licence, date, refused } = manifest;
  const { records, distinctIds, structures, disordered, sites, elements, scalars, texts, arrays } =
    description;
  const facts = factsTable([
    ['source', source],
    ['licence', licence],
    ['retrieved', date ?? 'day not stated'],
    [
      'records',
      `${formatCount(records)}, ${formatCount(distinctIds)} different ids, ${formatCount(refused.count)} left out`,
    ],
    ['structures', `${formatCount(structures)}, ${formatCount(disordered)} disordered, ${elements} elements`],
    ...(sites === undefined ? [] : [['sites', rangeText(sites)] as const]),
  ]);
  const fields = [
    ...Object.entries(scalars).map(
      ([name, range]) => [name, `${rangeText(range)}, ${missingText(range.missing)}`] as const,
    ),
    ...Object.entries(arrays).map(
      ([name, { missing, shapes }]) => [name, `${shapes.join(' ')}, ${missingText(missing)}`] as const,
    ),
    ...Object.entries(texts).map(
      ([name, { missing, longest }]) =>
        [name, `text of at most ${formatCount(longest)} characters, ${missingText(missing)}`] as const,
    ),
  ];
  return [title, facts, ...(fields.length === 0 ? [] : ['', factsTable(fields)])].join('\n');
}

function rangeText({ min, max, mean }: NumberRange): string {
  return `${formatValue(min)} … ${formatValue(max)}, mean ${formatValue(mean)}`;
}

function missingText(count: number): string {
  return count === 0 ? 'none missing' : `${formatCount(count)} missing`;
}

import { type DatasetManifest, MANIFEST_FILE, TABLE_FILE } from './dataset-manifest';
import { PREFIXES } from './table-columns';
import { formText } from './view-form';

/** README.md of a data set: sources with licence and citations, counts, views, columns, how to open it elsewhere. No dates, no paths of the machine. */
export function datasetCard(manifest: DatasetManifest): string {
  const {
    name,
    description,
    sources = [],
    counts,
    views,
    scalars,
    labels,
    refused,
    viewOptions = {},
  } = manifest;
  const perSplit = Object.entries(counts.splits).map(([split, count]) => `${split} ${count}`);
  const parts = [
    `---\npretty_name: ${JSON.stringify(oneLine(name))}\ntags:\n- materials-science\n- crystal-structure\n---`,
    `# ${oneLine(name)}`,
    description === undefined ? '' : oneLine(description),
    [
      `- records: ${counts.records} (${perSplit.join(', ')})`,
      `- structures: ${counts.structures}, ${counts.disordered} of them disordered`,
      `- left out: ${refused.count}`,
    ].join('\n'),
    '## Sources',
    sources.length === 0
      ? 'None is named.'
      : sources
          .map(({ name: source, address, licence, citations = [] }) =>
            [
              `- ${oneLine(source)}${address === undefined ? '' : ` (${oneLine(address)})`}, licence: ${oneLine(licence ?? 'not stated')}`,
              ...citations.map((work) => `  - cite: ${oneLine(work)}`),
            ].join('\n'),
          )
          .join('\n'),
    '## Views',
    Object.keys(views).length === 0
      ? 'None.'
      : Object.entries(views)
          .map(([view, form]) => {
            const options =
              viewOptions[view] === undefined ? '' : `; ${oneLine(JSON.stringify(viewOptions[view]))}`;
            return `- ${view}: ${formText(form)}, ${counts.views[view] ?? 0} records${options}`;
          })
          .join('\n'),
    '## Columns',
    [
      'id, formula, split; lattice (9 numbers, rows in Å), atomic_numbers, frac_coords (3 a site); for shared sites species_offsets,',
      'species, occupancies.',
      `Scalars (\`${PREFIXES.scalars}…\`): ${scalars.map(oneLine).join(', ') || 'none'}. Labels (\`${PREFIXES.labels}…\`): ${labels.map(oneLine).join(', ') || 'none'}. Views that are words: \`${PREFIXES.texts}…\`.`,
    ].join('\n'),
    '## Files',
    [
      `- \`${TABLE_FILE}\`: one row a record; \`pandas.read_parquet\` opens it`,
      '- `arrays-*.safetensors`: the views that are numbers, one file a row group; `view.rows` are the rows of the group that have it',
      `- \`${MANIFEST_FILE}\`: forms, counts, sizes and SHA-256 of the files`,
    ].join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Text of a stranger on one line, so that it makes no headings or lists of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

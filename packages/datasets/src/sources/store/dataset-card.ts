import type { SetManifest } from './set-manifest';

const SIZE_LIMITS = [
  [1e3, 'n<1K'],
  [1e4, '1K<n<10K'],
  [1e5, '10K<n<100K'],
  [1e6, '100K<n<1M'],
] as const;

/**
 * README.md of a set: front matter as the Hugging Face hub reads it (licence, name, size), then source, citations, contents and what was
 * left out. Equal manifests give equal bytes.
 */
export function datasetCard(manifest: SetManifest): string {
  const { title, name, source, licence, citations, query, date, notes, refused } = manifest;
  const size = SIZE_LIMITS.find(([limit]) => manifest.records < limit)?.[1] ?? '1M<n<10M';
  const rows = [
    ['source', source],
    ['retrieved', date ?? 'day not stated'],
    ['licence', licence],
    ...Object.entries(query),
    ['records', `${manifest.records}, ${manifest.structures} with a structure`],
    ['left out', `${refused.count}`],
    ['file', `${manifest.file}, ${manifest.bytes} bytes, SHA-256 ${manifest.sha256}`],
  ] as const;
  const fields = [
    ['scalars', manifest.scalars],
    ['texts', manifest.texts],
    ['arrays', manifest.arrays],
  ] as const;
  return [
    '---',
    `license: ${yamlString(licence)}`,
    `pretty_name: ${yamlString(title)}`,
    `size_categories:\n- ${size}`,
    'tags:\n- materials-science\n- crystal-structure',
    `source: ${yamlString(source)}`,
    ...(date === undefined ? [] : [`date: ${yamlString(date)}`]),
    '---',
    '',
    `# ${oneLine(title)} (${oneLine(name)})`,
    '',
    ...rows.map(([key, value]) => `- ${oneLine(key)}: ${oneLine(value)}`),
    '',
    '## Cite',
    '',
    ...(citations.length === 0
      ? ['The source names no work to cite.']
      : citations.map((text) => `- ${oneLine(text)}`)),
    '',
    '## Fields',
    '',
    ...fields.map(
      ([what, names]) => `- ${what}: ${names.length === 0 ? 'none' : names.map(oneLine).join(', ')}`,
    ),
    ...(notes.length === 0 ? [] : ['', '## Notes', '', ...notes.map((note) => `- ${oneLine(note)}`)]),
    ...(refused.count === 0
      ? []
      : [
          '',
          '## Left out',
          '',
          ...refused.first.map(({ id, message }) => `- ${oneLine(id)}: ${oneLine(message)}`),
          ...(refused.count > refused.first.length
            ? [`- … and ${refused.count - refused.first.length} more`]
            : []),
        ]),
    '',
  ].join('\n');
}

/** JSON strings are YAML strings. */
function yamlString(text: string): string {
  return JSON.stringify(oneLine(text));
}

/** Text of a stranger on one line, so that it makes no headings, lists or front matter of its own. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}

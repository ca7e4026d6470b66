import type { SetManifest } from '@bravais/datasets/node';
import { factsTable } from '../output/facts-table';
import { formatBytes, formatCount } from '../output/format-number';

/** Refusals that are shown on the terminal. */
const SHOWN = 3;

/** What a command says of the set that it wrote. */
export function writtenSetText(folder: string, manifest: SetManifest): string {
  const { records, structures, refused, file, bytes, licence } = manifest;
  const facts = factsTable([
    ['records', `${formatCount(records)}, ${formatCount(structures)} with a structure`],
    ['left out', formatCount(refused.count)],
    ['file', `${file}, ${formatBytes(bytes)}`],
    ['licence', `${licence}; see README.md for what to cite`],
  ]);
  const shown = refused.first.slice(0, SHOWN).map(({ message }) => `  ${message}`);
  const more = refused.count > SHOWN ? [`  … all in ${folder}/README.md (100 at most)`] : [];
  return [`${folder}: ${manifest.title}`, facts, ...shown, ...more].join('\n');
}

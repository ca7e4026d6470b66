// node stream-many.mjs STORAGE FOLDER COUNT: writes and reads a data set of COUNT records that are made on the way; prints what it saw.
import { pathToFileURL } from 'node:url';

const [storage, folder, count] = process.argv.slice(2);
const { buildDataset, openDataset } = await import(pathToFileURL(storage).href);

function* records() {
  for (let k = 0; k < Number(count); k++) {
    yield {
      id: `m-${k}`,
      formula: 'CsCl',
      split: 'train',
      structure: {
        latticeAngstrom: Float64Array.of(4, 0, 0, 0, 4, 0, 0, 0, 4),
        fracCoords: Float64Array.of(0, 0, 0, 0.5, 0.5, 0.5),
        atomicNumbers: Uint8Array.of(55, 17),
        occupations: null,
      },
      views: { text: new Float32Array(768).fill(k) },
      scalars: { k },
    };
  }
}

await buildDataset(folder, { records: records() }, { origin: { name: 'many' } });
let [seen, sum] = [0, 0];
for await (const { views } of (await openDataset(folder)).records()) {
  seen++;
  sum += views.text[767];
}
process.stdout.write(JSON.stringify({ records: seen, sum }));

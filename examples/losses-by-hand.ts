// The four losses on three materials whose embeddings fit on a page: what each rewards, and what it cannot see.
import { allPairsClip, barlowTwins, barlowTwins3d, type Embeddings, tensorClip } from '@bravais/losses';
import { type Device, scoped, tensor } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';

/** Three materials (rows) in four dimensions, each near an axis of its own. */
const rows = [
  [1, 0.1, 0, 0.1],
  [0, 1, 0.1, 0],
  [0.1, 0, 1, 0.1],
];
const swapped = [rows[1]!, rows[0]!, rows[2]!];
const turned = rows.map((row) => row.map((value) => -value));

/** What stands in the three modalities, as a reader would say it. */
const scenes: Record<string, [number[][], number[][], number[][]]> = {
  'all agree': [rows, rows, rows],
  'two materials swapped in one': [rows, rows, swapped],
  'signs turned in one': [rows, rows, turned],
  'signs turned in two': [rows, turned, turned],
};

const device = await openDevice();
for (const [scene, views] of Object.entries(scenes)) {
  const values = await lossesOf(device, views);
  console.log(`${scene}: ${values.map(([name, value]) => `${name} ${value.toFixed(2)}`).join(', ')}`);
}

async function lossesOf(
  on: Device,
  [structure, spectrum, density]: [number[][], number[][], number[][]],
): Promise<[string, number][]> {
  const totals = scoped(on, () => {
    const embeddings: Embeddings = {
      structure: tensor(on, structure),
      spectrum: tensor(on, spectrum),
      density: tensor(on, density),
    };
    const temperature = 0.2;
    return {
      allPairsClip: allPairsClip(embeddings, { temperature }).total,
      tensorClip: tensorClip(embeddings, { temperature }).total,
      barlowTwins: barlowTwins(embeddings, {}).total,
      barlowTwins3d: barlowTwins3d(embeddings, {}).total,
    };
  });
  return Promise.all(
    Object.entries(totals).map(
      async ([name, total]): Promise<[string, number]> => [name, await total.item()],
    ),
  );
}

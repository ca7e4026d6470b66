import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realServices } from '../services/real-services';
import { run } from '../testing/run';
import type { EmbeddingRow } from './embedding-row';

const experiment = (structure: string): string => `name: tiny
data: { source: reference, limit: 8 }
graph: { neighbors: 8 }
model:
  embeddingDim: 8
  structure: { ${structure} }
  views: { phononDos: { kind: mlp, width: 8, layers: 1 } }
loss: { kind: all-pairs-clip }
optim: { schedule: { kind: constant } }
training: { steps: 2, batchSize: 8, logEvery: 1 }
`;

const CAESIUM_CHLORIDE = `CsCl
1
4.12 0 0
0 4.12 0
0 0 4.12
Cs Cl
1 1
Direct
0 0 0
.5 .5 .5
`;
const alloy = JSON.stringify({
  lattice: { matrix: [[3, 0, 0], [0, 3, 0], [0, 0, 3]] }, // biome-ignore format: a matrix
  sites: [{ species: [{ element: 'Fe', occu: 0.5 }, { element: 'Ni', occu: 0.5 }], abc: [0, 0, 0] }], // biome-ignore format: a site
});

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-kinds-'));
  for (const name of ['POSCAR', 'again.vasp']) await writeFile(at(name), CAESIUM_CHLORIDE);
  await writeFile(at('alloy.json'), alloy);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each([
  ['cgcnn', 'width: 8, convolutions: 1, distanceBins: 8, descriptorWidth: 8, pooling: attention'],
  ['cogn', 'width: 8, blocks: 1, edgeLayers: 1, distanceBins: 8'],
  ['potnet', 'width: 8, convolutions: 1, distanceBins: 8, potentialBins: 8'],
  ['graph-conv-3d', 'width: 8, convolutions: 1, distanceBins: 8'],
  ['composition', 'width: 8, layers: 1'],
])('a run with %s', (kind, sizes) => {
  it('is trained, evaluated and used for embedding', async () => {
    const [yaml, out] = [at(`${kind}.yaml`), at(kind)];
    await writeFile(yaml, experiment(`kind: ${kind}, ${sizes}`));
    const trained = await run(realServices(), ['pretrain', yaml, '--out', out, '--json']);
    expect([trained.exitCode, trained.stderr]).toEqual([0, expect.any(String)]);
    expect(await readFile(join(out, 'last', 'README.md'), 'utf8')).toContain(
      `| structure encoder | ${kind}, width 8, 1 `,
    );

    const evaluated = await run(realServices(), ['evaluate', out, '--split', 'test', '--json']);
    expect([evaluated.exitCode, JSON.parse(evaluated.stdout)]).toMatchObject([0, { materials: 8 }]);

    const files = ['POSCAR', 'alloy.json', 'again.vasp'].map(at);
    const embedded = await run(realServices(), ['embed', out, ...files, '--out', at('rows.jsonl')]);
    const rows = (await readFile(at('rows.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as EmbeddingRow);
    expect(rows[0]).toMatchObject({ id: at('POSCAR'), embedding: Array(8).fill(expect.any(Number)) });
    expect(rows[2]).toEqual({ ...rows[0], id: at('again.vasp') });
    expect(rows[1]).toMatchObject({ id: at('alloy.json'), embedding: Array(8).fill(expect.any(Number)) });
    expect(embedded.exitCode).toBe(0);
  });
});

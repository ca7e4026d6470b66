import { expect, it } from 'vitest';
import { sampleExplanation } from '../testing/sample-explanation';
import { embeddingColumns } from './embedding-columns';
import { embeddingMaps } from './embedding-maps';

const report = sampleExplanation();

it('draws the same maps for the same seed, whatever the length of embeddings', () => {
  const [embeddings] = report.embeddings;
  const drawn = embeddingMaps(embeddings!, 1);
  expect(embeddingMaps(embeddings!, 1)).toEqual(drawn);
  const longer = embeddingMaps({ ...embeddings!, rows: embeddings!.rows.map((value) => 4 * value) }, 1);
  expect(longer.maps).toEqual(drawn.maps);
  const other = embeddingMaps(embeddings!, 2);
  expect(other.maps[0]).toEqual(drawn.maps[0]);
  expect(other.maps[1]).not.toEqual(drawn.maps[1]);
  for (const { trustworthiness, places } of drawn.maps) {
    expect(trustworthiness).toBeGreaterThan(0.5);
    expect(trustworthiness).toBeLessThanOrEqual(1);
    expect(places).toHaveLength(80);
  }
});

it('maps clusters to clusters', () => {
  const rows = Float32Array.from({ length: 120 }, (_, k) =>
    k % 3 === Math.floor(k / 60) ? 5 : Math.sin(k * k),
  );
  const { maps } = embeddingMaps(
    { ...report.embeddings[0]!, dim: 3, rows, materials: [...Array(40).keys()] },
    0,
  );
  for (const { places } of maps) {
    const mean = (from: number): readonly [number, number] => {
      const taken = Array.from({ length: 20 }, (_, row) => from + row);
      return [0, 1].map((axis) => taken.reduce((sum, row) => sum + places[2 * row + axis]! / 20, 0)) as [
        number,
        number,
      ];
    };
    const centres = [mean(0), mean(20)] as const;
    const right = Array.from({ length: 40 }, (_, row) => {
      const [own, other] = [centres[Math.floor(row / 20)]!, centres[1 - Math.floor(row / 20)]!];
      const away = (to: readonly [number, number]): number =>
        Math.hypot(places[2 * row]! - to[0], places[2 * row + 1]! - to[1]);
      return away(own) < away(other);
    });
    expect(right.filter((each) => each).length).toBeGreaterThanOrEqual(38);
  }
});

it('of a handful is PCA alone', () => {
  const few = {
    ...report.embeddings[0]!,
    rows: report.embeddings[0]!.rows.slice(0, 16),
    materials: [0, 1, 2, 3],
  };
  expect(embeddingMaps(few, 0).maps.map(({ method }) => method)).toEqual(['PCA']);
});

it('becomes a row for each embedding, with its numbers as they are', () => {
  const maps = report.embeddings.map((each) => embeddingMaps(each, 0));
  const columns = new Map(embeddingColumns(report, maps).map(({ name, cells }) => [name, cells]));
  for (const cells of columns.values()) expect(cells).toHaveLength(200);
  const row = 45;
  const { dim, rows } = report.embeddings[1]!;
  expect(columns.get('id')![row]).toBe(report.records[5]!.id);
  expect([columns.get('source')![row], columns.get('modality')![row]]).toEqual(['trained', 'phononDos']);
  expect(columns.get('formation_energy_ev_per_atom')![row]).toBeNull();
  expect(columns.get('embedding')![row]).toEqual([...rows.subarray(5 * dim, 6 * dim)]);
  expect(columns.get('umap_x')![row]).toBe(maps[1]!.maps[1]!.places[10]);
});

import type { Cell, ParquetColumn } from '@bravais/datasets/storage';
import type { ExplanationReport } from '@bravais/trainer';
import { chemicalFamily } from '../report/chemical-family';
import type { EmbeddingMaps, PlaneMap } from './embedding-maps';

/** One row for each embedding: whose it is, its labels, its numbers, its places on the maps. */
export function embeddingColumns(
  { records, labels }: Pick<ExplanationReport, 'records' | 'labels'>,
  maps: readonly EmbeddingMaps[],
): ParquetColumn[] {
  const rows = maps.flatMap((own) =>
    own.embeddings.materials.map((material, row) => ({ own, material, row })),
  );
  const column = (
    name: string,
    kind: ParquetColumn['kind'],
    cell: (place: (typeof rows)[number]) => Cell,
  ): ParquetColumn => ({ name, kind, cells: rows.map(cell) });
  const axis = (method: PlaneMap['method'], at: 0 | 1): ParquetColumn =>
    column(`${method.toLowerCase()}_${'xy'[at]}`, 'double', ({ own, row }) => {
      const map = own.maps.find((each) => each.method === method);
      return map ? map.places[2 * row + at]! : null;
    });
  return [
    column('id', 'text', ({ material }) => records[material]!.id),
    column('formula', 'text', ({ material }) => records[material]!.formula),
    column('source', 'text', ({ own }) => own.embeddings.source),
    column('modality', 'text', ({ own }) => own.embeddings.modality),
    column('crystal_system', 'text', ({ material }) => labels.crystalSystem[material]!),
    column('metallicity', 'text', ({ material }) => labels.metallicity[material]!),
    column('chemical_family', 'text', ({ material }) => chemicalFamily(records[material]!.formula)),
    column('formation_energy_ev_per_atom', 'double', ({ material }) => {
      const value = labels.formationEnergy[material]!;
      return Number.isFinite(value) ? value : null;
    }),
    axis('PCA', 0),
    axis('PCA', 1),
    axis('UMAP', 0),
    axis('UMAP', 1),
    column('embedding', 'doubles', ({ own: { embeddings }, row }) =>
      Array.from(embeddings.rows.subarray(row * embeddings.dim, (row + 1) * embeddings.dim)),
    ),
  ];
}

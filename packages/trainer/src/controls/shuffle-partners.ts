import type { ViewName } from '@bravais/datasets';
import { foldIn, type Key, permutation } from '@bravais/tensor-core/random';
import type { PreparedMaterial } from '../model';

/**
 * The same structures and views, each modality dealt anew among the materials that have it: nothing in a material belongs together any
 * more, and which materials lack what stays.
 */
export function shufflePartners(
  materials: readonly PreparedMaterial[],
  modalities: readonly string[],
  key: Key,
): PreparedMaterial[] {
  return modalities.reduce((dealt: PreparedMaterial[], name, stream) => {
    const having = materials.flatMap((material, row) => (has(material, name) ? [row] : []));
    const order = permutation(foldIn(key, stream), having.length);
    const donorOf = new Map(having.map((row, index) => [row, materials[having[order[index]!]!]!]));
    return dealt.map((material, row) => withModality(material, name, donorOf.get(row)));
  }, materials.slice());
}

function has({ structure, views }: PreparedMaterial, name: string): boolean {
  return (name === 'structure' ? structure : views[name as ViewName]) !== undefined;
}

function withModality(
  material: PreparedMaterial,
  name: string,
  donor: PreparedMaterial | undefined,
): PreparedMaterial {
  if (!donor) return material;
  if (name === 'structure') return { ...material, structure: donor.structure! };
  return { ...material, views: { ...material.views, [name]: donor.views[name as ViewName] } };
}

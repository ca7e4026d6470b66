import { fractionColumns, type PreparedStructure } from '../model/prepare';

/** Atomic numbers of the elements in a crystal, those on shared sites too, in rising order. */
export function elementsIn({ descriptors }: PreparedStructure): number[] {
  return Array.from(descriptors.subarray(0, fractionColumns)).flatMap((share, place) =>
    share > 0 ? [place + 1] : [],
  );
}

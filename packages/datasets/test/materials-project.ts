import { elementBySymbol } from '../src/elements/element';
import { compactStructure } from '../src/readers/compact-structure';
import type { JsonLine } from '../src/readers/json-lines';
import { mpCrystalLines } from '../src/readers/mp-crystals';
import { numbersField, stringsField } from '../src/readers/record-fields';
import { reducedFormula } from '../src/structure/composition';
import type { Structure } from '../src/structure/structure';
import { DATA_ROOT } from './shared-data';
import { edgeLengths, symmetryOf } from './symmetry';

/** A Materials Project crystal (PBE) reduced to what a measurement can be compared with. */
export interface PbeCrystal {
  readonly id: string;
  readonly volumePerAtomAngstrom3: number;
  readonly densityGramPerCm3: number;
  /** Edges of the standard conventional cell in Å, rising. */
  readonly edgesAngstrom: readonly number[];
}

interface Candidate {
  readonly id: string;
  readonly structure: Structure;
  readonly formationEnergy: number;
  readonly volume: number;
  readonly density: number;
}

const PARTS = ['train', 'val', 'test', 'rest'] as const;
/** PBE relaxations keep symmetry only within hundredths of an Ångström. */
const TOLERANCES_ANGSTROM = [0.1, 0.01];

/** Key of {@link pbeCrystals}: same formula and space group. */
export function crystalKey(formula: string, spaceGroupNumber: number): string {
  return `${formula} ${spaceGroupNumber}`;
}

/** The crystals of mp-crystals with one of these keys, most stable first. */
export async function pbeCrystals(keys: ReadonlySet<string>): Promise<Map<string, Candidate[]>> {
  const found = new Map<string, Candidate[]>();
  for (const part of PARTS) {
    for await (const line of mpCrystalLines(DATA_ROOT, part)) {
      const {
        id,
        sg,
        vol,
        rho,
        n,
        e_form_src: energy,
      } = line.value as Record<string, number> & { id: unknown };
      const key = crystalKey(formulaOf(line), sg!);
      if (!keys.has(key)) continue;
      const structure = compactStructure(line);
      const candidates = found.get(key) ?? [];
      candidates.push({
        id: String(id),
        structure,
        formationEnergy: energy!,
        volume: vol! / n!,
        density: rho!,
      });
      found.set(key, candidates);
    }
  }
  for (const candidates of found.values()) candidates.sort((a, b) => a.formationEnergy - b.formationEnergy);
  return found;
}

/** Reduced formula in our order of elements (the files write polyanions in brackets). */
function formulaOf(line: JsonLine): string {
  const counts = numbersField(line, 'count');
  const numbers = stringsField(line, 'el').flatMap((symbol, run) => {
    return new Array<number>(counts[run]!).fill(elementBySymbol(symbol)!.atomicNumber);
  });
  return reducedFormula({ atomicNumbers: Uint8Array.from(numbers) });
}

/** The most stable candidate whose primitive cell has as many atoms as ours (polytypes share formula and group). */
export function sameCrystal(
  candidates: readonly Candidate[],
  spaceGroupNumber: number,
  atoms: number,
): PbeCrystal | null {
  for (const { id, structure, volume, density } of candidates) {
    for (const tolerance of TOLERANCES_ANGSTROM) {
      const symmetry = symmetryOf(structure, tolerance);
      if (symmetry.number === spaceGroupNumber && symmetry.prim_std_cell.numbers.length === atoms) {
        return {
          id,
          volumePerAtomAngstrom3: volume,
          densityGramPerCm3: density,
          edgesAngstrom: edgeLengths(symmetry.std_cell),
        };
      }
    }
  }
  return null;
}

import { type Element, elementOf } from '../elements/element';
import type { Structure } from '../structure/structure';
import { type AtomPair, atomPairs } from './atom-pairs';
import type { Spring } from './spring';

/** Decay of bond valence with length, Brown and Altermatt, Acta Cryst. B41, 244 (1985). */
const BOND_DECAY_ANGSTROM = 0.37;
/** A bond ends this far beyond the sum of covalent radii (its weight there is 0.1 %). */
const BOND_REACH_ANGSTROM = 2.5;
/** N/m Å³ for a full two-electron bond: set once so that silicon ends near 520 cm⁻¹. */
const BOND_STIFFNESS = 1734;
/** Stiffness grows less than linearly with valence: set once so that rock salt ends near 260 cm⁻¹. */
const VALENCE_EXPONENT = 0.6;
/** Free-electron metals are soft for their valence (sodium, aluminium, lead). */
const FREE_ELECTRON_FACTOR = 0.4;
/** Cations repel: their mutual bond weight falls as exp(−8 Δχᵢ Δχⱼ), Δχ below the mean electronegativity. */
const CATION_SUPPRESSION = 8;
/** Contact spring at van der Waals distance, N/m: the order of interlayer shear in MoS2. */
const CONTACT_STIFFNESS = 1;
/** van der Waals radius is about the covalent radius + 0.8 Å (Pauling). */
const CONTACT_MARGIN_ANGSTROM = 1.6;
/** Contact springs end at 1.3 times the van der Waals distance. */
const CONTACT_REACH = 1.3;
/** Transverse over longitudinal stiffness. */
const TRANSVERSE_RATIO = 0.12;

/** Groups whose metals have nearly free electrons; s and p metals of the other groups bond like covalent solids. */
const FREE_ELECTRON_ELEMENTS: ReadonlySet<string> = new Set(
  'Li Na K Rb Cs Fr Be Mg Ca Sr Ba Ra Zn Cd Hg Al Ga In Tl Pb'.split(' '),
);

/**
 * Springs of the simulated mass-and-spring crystal.
 *
 * A pair at distance r with covalent radii R has the longitudinal constant
 *
 *     k = 1734 N/m Å³ · g · v^0.6 / r³ + contact,   v = √(Vᵢ sᵢⱼ · Vⱼ sⱼᵢ)
 *
 * where V is the number of electrons an atom bonds with, s its share for this bond among all its bonds (shares fall as
 * exp(−(r − Rᵢ − Rⱼ) / 0.37 Å), between cations faster), g = 0.4 between free-electron metals and 1 otherwise. The r⁻³ law
 * is Badger's rule. Contact springs (about 1 N/m) hold layers and molecules together. A transverse part, 0.12 k, stabilises.
 * There are no charges in the model, so no LO–TO splitting. All springs are positive, so every mode is stable.
 */
export function simulatedSprings(structure: Structure): Spring[] {
  const elements = Array.from(structure.atomicNumbers, (z) => elementOf(z)!);
  const chi = elements.map(electronegativityOf);
  const mean = chi.reduce((sum, value) => sum + value, 0) / chi.length;
  const below = chi.map((value) => Math.max(0, mean - value));
  const radius = (i: number): number => elements[i]!.covalentRadiusAngstrom;
  const bondReach = (i: number, j: number): number => radius(i) + radius(j) + BOND_REACH_ANGSTROM;
  const contactReach = (i: number, j: number): number =>
    CONTACT_REACH * (radius(i) + radius(j) + CONTACT_MARGIN_ANGSTROM);
  const pairs = atomPairs(structure, (i, j) => Math.max(bondReach(i, j), contactReach(i, j)));
  const weight = ({ source, target, distanceAngstrom }: AtomPair): number => {
    const excess = distanceAngstrom - radius(source) - radius(target);
    const suppression = Math.exp(-CATION_SUPPRESSION * below[source]! * below[target]!);
    return (
      Math.exp(-excess / BOND_DECAY_ANGSTROM) *
      suppression *
      taper(distanceAngstrom / bondReach(source, target))
    );
  };
  const weights = pairs.map(weight);
  const total = new Float64Array(elements.length);
  for (let p = 0; p < pairs.length; p++) total[pairs[p]!.source]! += weights[p]!;
  const valence = elements.map((element, i) => bondingElectrons(element, below[i]! > 0));
  return pairs.map((pair, p) => {
    const { source, target, distanceAngstrom: r } = pair;
    const share =
      (weights[p]! * Math.sqrt(valence[source]! * valence[target]!)) /
      Math.sqrt(total[source]! * total[target]!);
    const freeElectron = [source, target].every((i) => FREE_ELECTRON_ELEMENTS.has(elements[i]!.symbol));
    const bond =
      weights[p] === 0
        ? 0
        : (BOND_STIFFNESS * share ** VALENCE_EXPONENT * (freeElectron ? FREE_ELECTRON_FACTOR : 1)) / r ** 3;
    const longitudinal = bond + contactStiffness(r, contactReach(source, target));
    return {
      source,
      target,
      vectorAngstrom: pair.vectorAngstrom,
      image: pair.image,
      longitudinalNewtonPerMeter: longitudinal,
      transverseNewtonPerMeter: TRANSVERSE_RATIO * longitudinal,
    };
  });
}

function contactStiffness(r: number, reach: number): number {
  const ratio = (r / reach) * CONTACT_REACH;
  return CONTACT_STIFFNESS * Math.exp(10 * Math.min(1 - ratio, 0.1)) * taper(r / reach);
}

/** (1 − x²)² inside, 0 outside: springs fade instead of switching at a cutoff. */
function taper(x: number): number {
  return x < 1 ? (1 - x * x) ** 2 : 0;
}

/** Pauling value; where none is tabulated 3 for noble gases and 1.2 for the rest (all electropositive metals). */
function electronegativityOf(element: Element): number {
  return element.electronegativity ?? (element.group === 18 ? 3 : 1.2);
}

/**
 * Electrons an atom bonds with: all valence electrons of an electropositive p-block atom, 8 − V of an electronegative one;
 * min(group, 12 − group) and at least 1 in the d block (2 for group 12); 3 for lanthanides, up to 4 for actinides.
 */
function bondingElectrons(element: Element, isCation: boolean): number {
  const { group, valenceElectrons, period } = element;
  if (group === null) return period === 6 ? 3 : Math.min(valenceElectrons, 4);
  if (group <= 2) return valenceElectrons;
  if (group <= 12) return group === 12 ? 2 : Math.max(1, Math.min(group, 12 - group));
  return isCation ? valenceElectrons : Math.max(1, Math.min(valenceElectrons, 8 - valenceElectrons));
}

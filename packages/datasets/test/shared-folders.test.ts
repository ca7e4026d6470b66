import { describe, expect, it } from 'vitest';
import { ELECTRONIC_DOS_BINS } from '../src/modalities/electronic-dos';
import { readBundleFourmodal, readBundleMaterials } from '../src/readers/bundle';
import { readBundleDefects } from '../src/readers/bundle-defects';
import { readJarvisPhdos } from '../src/readers/jarvis-phdos';
import { readJarvisSpectra } from '../src/readers/jarvis-spectra';
import { labelledMaterials } from '../src/readers/labelled-materials';
import { readMagneticTile } from '../src/readers/magnetic-tile';
import { readMpCrystals } from '../src/readers/mp-crystals';
import { readMultimatElasticity } from '../src/readers/multimat-elasticity';
import { readNeuDet } from '../src/readers/neu-det';
import { readObelix } from '../src/readers/obelix';
import { readPerov5 } from '../src/readers/perov5';
import { readSynthesisMaterials } from '../src/readers/synthesis-materials';
import { readBundleRecipes } from '../src/readers/synthesis-recipes';
import { densityGramPerCm3, reducedFormula } from '../src/structure/composition';
import { isOrdered } from '../src/structure/occupations';
import { DATA_ROOT, hasData } from './shared-data';

const countsOf = (records: readonly { readonly split: string }[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { split } of records) counts[split] = (counts[split] ?? 0) + 1;
  return counts;
};

describe.skipIf(!hasData('obelix'))('obelix', () => {
  it('is 478 and 121 electrolytes, 254 with a structure, σ as value or bound', async () => {
    const records = await readObelix(DATA_ROOT);
    expect(countsOf(records)).toEqual({ train: 478, test: 121 });
    const withStructure = records.filter(({ structure }) => structure !== undefined);
    expect(withStructure).toHaveLength(254);
    expect(countsOf(withStructure)).toEqual({ train: 254 });
    expect(withStructure.some(({ structure }) => !isOrdered(structure!))).toBe(true);
    const bounds = records.filter(({ conductivity }) => conductivity.bound === 'below');
    expect(bounds).toHaveLength(37);
    expect([...new Set(bounds.map(({ conductivity }) => conductivity.log10SPerCm))].sort()).toEqual([
      -10, -8,
    ]);
    const [first] = records;
    expect(first!.conductivity).toEqual({ log10SPerCm: Math.log10(1.58489e-6), bound: 'exact' });
    expect(records.every(({ conductivity }) => conductivity.log10SPerCm < 0)).toBe(true);
  });
});

describe.skipIf(!hasData('perov5'))('perov5', () => {
  it('is 11,356 / 3,787 / 3,785 perovskites, values for val and test', async () => {
    const records = await readPerov5(DATA_ROOT);
    expect(countsOf(records)).toEqual({ train: 11_356, val: 3787, test: 3785 });
    expect(records.every(({ structure }) => structure.atomicNumbers.length === 5)).toBe(true);
    for (const { split, scalars, structure, formula } of records.slice(11_000, 12_000)) {
      expect('heat_ref' in scalars).toBe(split !== 'train');
      if (split === 'train') expect(formula).toBe(reducedFormula(structure));
    }
    expect(await readPerov5(DATA_ROOT, { split: 'val', limit: 3 })).toHaveLength(3);
  });
});

describe.skipIf(!hasData('bundle'))('bundle', () => {
  it('is 360 / 60 / 120 crystals with spectrum and description', async () => {
    const records = await readBundleMaterials(DATA_ROOT);
    expect(countsOf(records)).toEqual({ train: 360, val: 60, test: 120 });
    for (const { formula, structure, views, scalars, description } of records) {
      // Technetium has no standard weight: 97 here, 98 there.
      if (!formula.includes('Tc')) expect(densityGramPerCm3(structure) / scalars.rho!).toBeCloseTo(1, 3);
      expect(views.phononDos).toHaveLength(66);
      expect(description.length).toBeGreaterThan(40);
    }
  });

  it('is 60 crystals with four views', async () => {
    const records = await readBundleFourmodal(DATA_ROOT, { fold: 0 });
    expect(countsOf(records)).toEqual({ train: 48, test: 12 });
    for (const { views, description } of records) {
      expect(views.electronicDos).toHaveLength(ELECTRONIC_DOS_BINS.count);
      expect(views.chargeDensity!.every(Number.isFinite)).toBe(true);
      expect(description.length).toBeGreaterThan(40);
    }
    await expect(readBundleFourmodal(DATA_ROOT, { fold: 5 })).rejects.toThrow('a fold from 0 to 4 expected');
  });

  it('is 270 steel surfaces, 30 and 15 of each class', async () => {
    const images = await readBundleDefects(DATA_ROOT);
    expect(images).toHaveLength(270);
    for (let label = 0; label < 6; label++) {
      expect(countsOf(images.filter((image) => image.label === label))).toEqual({ train: 30, test: 15 });
    }
    const { width, height, values } = images[0]!.image;
    expect([width, height, values.length]).toEqual([50, 50, 2500]);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

describe.skipIf(!hasData('bundle'))('recipes of the bundle', () => {
  it('are 200, one a material', async () => {
    const recipes = await readBundleRecipes(DATA_ROOT);
    expect(recipes).toHaveLength(200);
    expect(new Set(recipes.map(({ targetMpId }) => targetMpId)).size).toBe(200);
    expect(recipes.every(({ targetMpId }) => targetMpId?.startsWith('mp-'))).toBe(true);
  });
});

describe.skipIf(!['jarvis-phdos', 'mp-crystals', 'robocrys-text'].every(hasData))('tri-modal tier A', () => {
  it('is 1,945 described materials of 3,247, all of val and test', async () => {
    const records = await readJarvisPhdos(DATA_ROOT, { tier: 'A', descriptions: true });
    expect(countsOf(records)).toEqual({ train: 2614, val: 332, test: 301 });
    const described = records.filter(({ views }) => views.description !== undefined);
    expect(countsOf(described)).toEqual({ train: 1312, val: 332, test: 301 });
    const elementsOf = (formula: string) => [...new Set(formula.match(/[A-Z][a-z]?/g))].sort().join();
    for (const { views, formula } of described) {
      expect(elementsOf(views.description!.split(' ')[0]!)).toBe(elementsOf(formula));
    }
  });
});

describe.skipIf(!['synthesis-recipes', 'mp-crystals'].every(hasData))('recipes as materials', () => {
  it('are 4,212 / 561 / 428, no formula in two parts', async () => {
    const records = await readSynthesisMaterials(DATA_ROOT);
    expect(countsOf(records)).toEqual({ train: 4212, val: 561, test: 428 });
    const formulas = (split: string) =>
      new Set(records.filter((record) => record.split === split).map(({ formula }) => formula));
    expect(formulas('test').size).toBe(129);
    for (const formula of formulas('test')) {
      expect(formulas('train').has(formula) || formulas('val').has(formula)).toBe(false);
    }
    expect(records.every(({ views }) => views.description!.includes(' is made '))).toBe(true);
  });
});

describe.skipIf(!['neu-det', 'magnetic-tile'].every(hasData))('labelled images as materials', () => {
  it('are 1,800 and 1,344 with six descriptions each', async () => {
    const steel = labelledMaterials(await readNeuDet(DATA_ROOT), 'Steel');
    const tiles = labelledMaterials(await readMagneticTile(DATA_ROOT), 'Tile');
    expect(countsOf(steel)).toEqual({ train: 1440, test: 360 });
    expect(countsOf(tiles)).toEqual({ train: 1056, test: 288 });
    for (const records of [steel, tiles]) {
      expect(new Set(records.map(({ views }) => views.description)).size).toBe(6);
      expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    }
    expect(steel[0]!.views.description).toBe('Steel: crazing.');
  });
});

describe.skipIf(!hasData('jarvis-phdos'))('jarvis-phdos', () => {
  it('is 14,243 spectra in all, 10,507 with a formula', async () => {
    const records = await readJarvisSpectra(DATA_ROOT);
    expect(countsOf(records)).toEqual({ train: 11_395, val: 1424, test: 1424 });
    expect(records.filter(({ formula }) => formula !== undefined)).toHaveLength(10_507);
    expect(records.every(({ views }) => views.phononDos!.length === 66)).toBe(true);
  });
});

describe.skipIf(!hasData('mp-crystals'))('mp-crystals', () => {
  it('has 261 structures without a benchmark entry', async () => {
    const records = await readMpCrystals(DATA_ROOT, { split: 'rest' });
    expect(countsOf(records)).toEqual({ train: 261 });
    expect(records.every(({ scalars }) => !('e_form' in scalars))).toBe(true);
  });
});

describe.skipIf(!hasData('multimat-sample'))('multimat-sample', () => {
  it('has elastic constants of 100 crystals', async () => {
    const records = await readMultimatElasticity(DATA_ROOT);
    expect(records).toHaveLength(100);
    expect(new Set(records.map(({ id }) => id)).size).toBe(100);
    // One is impossible in the source: mp-7991 with -120 GPa.
    expect(records.filter(({ scalars }) => scalars.bulk_modulus_gpa! > 0)).toHaveLength(99);
    expect(records[0]).toMatchObject({ id: 'mp-5784', scalars: { bulk_modulus_gpa: 53.1874 } });
  });
});

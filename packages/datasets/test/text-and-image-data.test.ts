import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../src/images/decode-image';
import type { LabelledImage } from '../src/images/labelled-image';
import { resizeImage } from '../src/images/resize-image';
import { compactStructure } from '../src/readers/compact-structure';
import { type MagneticTile, readMagneticTile } from '../src/readers/magnetic-tile';
import { mpCrystalLines } from '../src/readers/mp-crystals';
import { readNeuDet } from '../src/readers/neu-det';
import { type RobocrysText, readRobocrysText } from '../src/readers/robocrys-text';
import { readSynthesisRecipes } from '../src/readers/synthesis-recipes';
import { bondedNeighbours } from '../src/text/describe/neighbours';
import { recipeText, type SynthesisRecipe } from '../src/text/synthesis-recipe';
import { createTokenizer } from '../src/text/text-tokenizer';
import { trainTokenizer } from '../src/text/train-tokenizer';
import { DATA_ROOT, hasData } from './shared-data';

/** How many items have each value. */
function counts(values: Iterable<string | null>): Record<string, number> {
  const found: Record<string, number> = {};
  for (const value of values) found[String(value)] = (found[String(value)] ?? 0) + 1;
  return found;
}

describe.runIf(hasData('neu-det'))('readNeuDet', () => {
  let images: LabelledImage[];
  beforeAll(async () => {
    images = await readNeuDet(DATA_ROOT);
  });

  it('hands out 300 images of each of six kinds, 1,440 to train', async () => {
    expect(images).toHaveLength(1800);
    expect(Object.values(counts(images.map(({ label }) => label)))).toEqual(new Array(6).fill(300));
    expect(counts(images.map(({ split }) => split))).toEqual({ train: 1440, test: 360 });
    expect(await readNeuDet(DATA_ROOT, { split: 'test' })).toHaveLength(360);
  });

  it('agrees with the original PNG files: their means of 2 × 2', async () => {
    const folder = join(DATA_ROOT, 'neu-det', 'png200');
    const names = readdirSync(folder);
    expect(names).toHaveLength(60);
    for (const name of names) {
      const original = await decodeImage(readFileSync(join(folder, name)), name);
      const halved = resizeImage(original, 100, 100, name);
      const stored = images.find(({ id }) => `${id}.png` === name)!.image;
      const worst = halved.values.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - stored.values[i]!)),
        0,
      );
      // Means were rounded to bytes.
      expect(worst).toBeLessThanOrEqual(0.76 / 255);
    }
  });
});

describe.runIf(hasData('magnetic-tile'))('readMagneticTile', () => {
  it('hands out 1,344 tiles of 241 groups that the split keeps whole, masks where there are defects', async () => {
    const tiles: MagneticTile[] = await readMagneticTile(DATA_ROOT);
    expect(tiles).toHaveLength(1344);
    expect(counts(tiles.map(({ label }) => label))).toEqual({
      Free: 952,
      Blowhole: 115,
      Break: 85,
      Crack: 57,
      Fray: 32,
      Uneven: 103,
    });
    const splitOf = new Map<number, Set<string | null>>();
    for (const { group, split } of tiles) splitOf.set(group, (splitOf.get(group) ?? new Set()).add(split));
    expect(splitOf.size).toBe(241);
    expect([...splitOf.values()].every(({ size }) => size === 1)).toBe(true);
    for (const { mask, label, image } of tiles.filter((_, i) => i % 16 === 0)) {
      expect(Math.min(...image.values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...image.values)).toBeLessThanOrEqual(1);
      expect(mask.values.every((value) => value === 0 || value === 1)).toBe(true);
      expect(label === 'Free' && mask.values.includes(1)).toBe(false);
    }
    const masked = tiles.filter(({ mask }) => mask.values.includes(1));
    expect(masked.length).toBeGreaterThan(0.8 * (1344 - 952));
    expect(await readMagneticTile(DATA_ROOT, { split: 'test' })).toHaveLength(288);
  });
});

describe.runIf(hasData('robocrys-text'))('readRobocrysText', () => {
  let texts: RobocrysText[];
  beforeAll(async () => {
    texts = await readRobocrysText(DATA_ROOT);
  });

  it('hands out 2,099 texts, all of val and test of the phonon set', () => {
    expect(texts).toHaveLength(2099);
    expect(counts(texts.map(({ phdosSplit }) => phdosSplit))).toEqual({
      train: 1312,
      val: 332,
      test: 301,
      null: 154,
    });
    expect(texts.filter(({ inMultimat }) => inMultimat)).toHaveLength(189);
  });

  it('trains a tokenizer in seconds that gives every text back', () => {
    const tokenizer = createTokenizer(
      trainTokenizer(
        texts.map(({ text }) => text),
        { vocabularySize: 1024 },
      ),
    );
    expect(tokenizer.vocabularySize).toBe(1024);
    for (const { text } of texts) expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  /** Facts only, in structure types whose bonds nobody doubts. */
  describe.runIf(hasData('mp-crystals'))('facts of the describer', () => {
    /** Texts that name a structure type, with the numbers of neighbours that we find, rising. */
    async function ofType(type: string): Promise<{ text: string; numbers: string }[]> {
      const byId = new Map(texts.map(({ id, text }) => [id, text]));
      const found: { text: string; numbers: string }[] = [];
      for (const part of ['train', 'val', 'test', 'rest'] as const) {
        for await (const line of mpCrystalLines(DATA_ROOT, part)) {
          const text = byId.get(String(line.value.id));
          if (!text?.includes(`is ${type} structured`)) continue;
          const lengths = bondedNeighbours(compactStructure(line)).map(({ length }) => length);
          found.push({ text, numbers: [...new Set(lengths)].sort((p, q) => p - q).join() });
        }
      }
      return found;
    }

    it('are those of the texts in rock salt, distorted to five neighbours or not', async () => {
      const found = await ofType('Halite, Rock Salt');
      expect(found).toHaveLength(52);
      const told = (text: string) => (text.includes('bonded to five equivalent') ? '5' : '6');
      expect(found.map(({ numbers }) => numbers)).toEqual(found.map(({ text }) => told(text)));
    });

    it('are six and twelve in 66 of 67 cubic perovskites', async () => {
      const found = await ofType('(Cubic) Perovskite');
      expect(found.filter(({ numbers }) => numbers === '6,12')).toHaveLength(66);
      expect(found).toHaveLength(67);
    });
  });
});

describe.runIf(hasData('synthesis-recipes'))('readSynthesisRecipes', () => {
  let recipes: SynthesisRecipe[];
  beforeAll(async () => {
    recipes = await readSynthesisRecipes(DATA_ROOT);
  });

  it('hands out 39,549 recipes', () => {
    expect(counts(recipes.map(({ kind }) => kind))).toEqual({ 'solid-state': 30_031, 'sol-gel': 9518 });
    expect(recipes.filter(({ targetReduced }) => targetReduced !== undefined)).toHaveLength(15_152);
    expect(recipes.filter(({ targetMpId }) => targetMpId !== undefined)).toHaveLength(8847);
    expect(new Set(recipes.map(({ id }) => id)).size).toBe(39_549);
  });

  it('reads the first few, or one kind', async () => {
    expect(await readSynthesisRecipes(DATA_ROOT, { limit: 3 })).toHaveLength(3);
    const [first] = await readSynthesisRecipes(DATA_ROOT, { kind: 'sol-gel', limit: 1 });
    expect(first!.kind).toBe('sol-gel');
  });

  it('trains a tokenizer on all of them', () => {
    const texts = recipes.map(recipeText);
    const begin = performance.now();
    const json = trainTokenizer(texts, { vocabularySize: 8192 });
    process.stdout.write(
      `tokenizer of ${texts.length} recipes: ${Math.round(performance.now() - begin)} ms\n`,
    );
    expect(Object.keys(json.model.vocab)).toHaveLength(8192);
    const tokenizer = createTokenizer(json);
    for (const text of texts.slice(0, 200)) expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });
});

import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import { createStructure } from '../structure/create-structure';
import { augment } from './augment';
import { completeOptions } from './complete-options';
import { densityFeaturesModality } from './density-features';
import { densityGridModality } from './density-grid';
import { diffractionModality } from './diffraction';
import { electronicDosModality } from './electronic-dos';
import { phononDosModality } from './phonon-dos';
import { seededDraws } from './seeded-draws';

const structure = createStructure({
  latticeAngstrom: [4, 0, 0, 0, 4, 0, 0, 0, 4],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: ['Cs', 'Cl'],
});
const values = Float64Array.from({ length: 512 }, (_, at) => 1 + Math.sin(at));
const dos = {
  energiesEv: Float64Array.of(-5, 0, 5),
  fermiEv: 0,
  total: [Float64Array.of(1, 2, 1)],
};

/** Each modality with its view under these options, as numbers. */
const prepared = {
  electronicDos: (options: Record<string, unknown>) => {
    const complete = completeOptions(electronicDosModality, options, 'test');
    const { view } = electronicDosModality.prepare({ dos }, complete, 'test');
    return { modality: electronicDosModality, form: electronicDosModality.form(complete), view };
  },
  phononDos: (options: Record<string, unknown>) => {
    const complete = completeOptions(phononDosModality, options, 'test');
    const raw = { frequencies: [0, 100, 300], densities: [0, 1, 0], unit: 'cm-1' } as const;
    const { view } = phononDosModality.prepare(raw, complete, 'test');
    return { modality: phononDosModality, form: phononDosModality.form(complete), view };
  },
  chargeDensity: (options: Record<string, unknown>) => {
    const complete = completeOptions(densityFeaturesModality, options, 'test');
    const { view } = densityFeaturesModality.prepare({ shape: [8, 8, 8], values }, complete, 'test');
    return { modality: densityFeaturesModality, form: densityFeaturesModality.form(complete), view };
  },
  densityGrid: (options: Record<string, unknown>) => {
    const complete = completeOptions(densityGridModality, options, 'test');
    const raw = { structure, shape: [8, 8, 8], channels: { total: values }, unit: 'electron/Å³' } as const;
    const { view } = densityGridModality.prepare(raw, complete, 'test');
    return { modality: densityGridModality, form: densityGridModality.form(complete), view: view.values };
  },
  diffraction: (options: Record<string, unknown>) => {
    const complete = completeOptions(diffractionModality, options, 'test');
    const { view } = diffractionModality.prepare(structure, complete, 'test');
    return { modality: diffractionModality, form: diffractionModality.form(complete), view };
  },
};

describe('every modality', () => {
  it.each(Object.keys(prepared) as (keyof typeof prepared)[])(
    '%s: named by its view, of the form it announces, the same from stored options',
    (name) => {
      const { modality, form, view } = prepared[name]({});
      expect(modality.name).toBe(name);
      expect(form.shape.reduce((product, extent) => product * extent, 1)).toBe(view.length);
      const stored = JSON.parse(JSON.stringify(modality.defaults)) as Record<string, unknown>;
      expect(stored).toEqual(modality.defaults);
      expect(prepared[name](stored).view).toEqual(view);
      expect(view.every(Number.isFinite)).toBe(true);
    },
  );

  it.each([
    ['electronicDos', { count: 50, stepEv: 0.2 }, [50]],
    ['densityGrid', { size: 5 }, [5, 5, 5]],
    ['diffraction', { count: 90, stepDegrees: 0.5 }, [90]],
  ] as const)('%s with %j', (name, options, shape) => {
    const { form, view } = prepared[name](options);
    expect(form.shape).toEqual(shape);
    expect(view).toHaveLength(shape.reduce((product: number, extent) => product * extent, 1));
  });

  it('diffraction says that it is simulated', () => {
    const { notes } = diffractionModality.prepare(structure, diffractionModality.defaults, 'test');
    expect(notes).toEqual(['simulated from the structure, not measured']);
  });
});

describe('options', () => {
  it.each([
    [{ bins: 5 }, 'config.yaml electronicDos.bins: one of count, firstEv, stepEv, smearingEv, per expected'],
    [{ count: '5' }, 'electronicDos.count: a number expected, got "5"'],
    [{ stepEv: Number.NaN }, 'electronicDos.stepEv: a number expected'],
    [{ per: ['atom'] }, 'electronicDos.per: a string expected'],
    [JSON.parse('{"__proto__": 1}') as Record<string, unknown>, 'got __proto__'],
  ])('refuse %j', (given, complaint) => {
    const make = () => completeOptions(electronicDosModality, given, 'config.yaml');
    expect(make).toThrow(DataError);
    expect(make).toThrow(complaint);
  });

  it('may be null where a default is a number', () => {
    expect(completeOptions(densityGridModality, { logReference: null }, 'x').logReference).toBeNull();
  });
});

describe('augmentations by name', () => {
  const { defaults } = phononDosModality;
  const before = phononDosModality.prepare(
    { frequencies: [0, 100, 300], densities: [0, 1, 0], unit: 'cm-1' },
    defaults,
    'test',
  );

  it('draw anew for each step of a list', () => {
    const steps = [{ name: 'scale' }, { name: 'scale' }];
    const twice = augment(phononDosModality, before, steps, [1, 2], defaults).view;
    const once = augment(phononDosModality, before, steps.slice(1), [1, 2], defaults).view;
    const factor = once[20]! / before.view[20]!;
    expect(twice[20]! / before.view[20]!).not.toBeCloseTo(factor * factor, 4);
  });

  it.each([
    [{ name: 'toString' }, 'one of shift, broadening, noise, scale expected, got toString'],
    [{ name: 'noise', amount: -1 }, 'an amount of 0 or more'],
    [{ name: 'noise', amount: Number.NaN }, 'got NaN'],
  ])('refuse %j', (step, complaint) => {
    expect(() => augment(phononDosModality, before, [step], [1], defaults)).toThrow(complaint);
  });
});

describe('seeded draws', () => {
  const key = fc.array(fc.nat(2 ** 31 - 1), { minLength: 1, maxLength: 4 });

  test.prop([key])('repeat for a key and differ for its neighbours', (each) => {
    const first = (given: readonly number[]): number => seededDraws(given).between(0, 1);
    expect(first(each)).toBe(first([...each]));
    expect(first([...each, 0])).not.toBe(first(each));
    expect(first([each[0]! + 1, ...each.slice(1)])).not.toBe(first(each));
  });

  it('are uniform, also over neighbouring keys', () => {
    const bins = new Float64Array(16);
    for (let row = 0; row < 8000; row++) bins[seededDraws([3, 0, row]).below(16)]! += 1;
    const squares = bins.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    // χ² of 15 degrees of freedom exceeds 37.7 once in a thousand.
    expect(squares).toBeLessThan(37.7);
  });

  it('take integers only', () => {
    expect(() => seededDraws([0.5])).toThrow(DataError);
  });
});

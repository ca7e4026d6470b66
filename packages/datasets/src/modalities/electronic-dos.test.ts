import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import { readDoscar } from '../formats/dos/read-doscar';
import { createStructure } from '../structure/create-structure';
import { type ElectronicDosSource, electronicDos, electronicDosModality } from './electronic-dos';

const { defaults, prepare } = electronicDosModality;
const sodiumChloride = createStructure({
  latticeAngstrom: [4, 0, 0, 0, 4, 0, 0, 0, 5],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: ['Na', 'Cl'],
});

/** States about 0 eV on energies of any spacing, zero at both ends, within the default window. */
const sources = fc
  .array(
    fc.record({
      gap: fc.double({ min: 0.01, max: 0.4, noNaN: true }),
      up: fc.double({ min: 0, max: 30, noNaN: true }),
      down: fc.double({ min: 0, max: 30, noNaN: true }),
    }),
    { minLength: 3, maxLength: 30 },
  )
  .map((samples) => {
    let at = -6;
    const energies = samples.map(({ gap }) => {
      at += gap;
      return at;
    });
    const ends = (values: number[]) =>
      Float64Array.from(values, (value, i) => (i % (values.length - 1) === 0 ? 0 : value));
    return {
      energiesEv: Float64Array.from(energies),
      fermiEv: 0,
      total: [ends(samples.map(({ up }) => up)), ends(samples.map(({ down }) => down))],
    };
  });

const states = ({
  energiesEv,
  total,
}: {
  energiesEv: Float64Array;
  total: readonly Float64Array[];
}): number =>
  total.reduce(
    (sum, spin) =>
      sum +
      spin.reduce(
        (part, value, i) =>
          i === 0 ? 0 : part + ((value + spin[i - 1]!) / 2) * (energiesEv[i]! - energiesEv[i - 1]!),
        0,
      ),
    0,
  );

const integral = (view: Float32Array): number => view.reduce((sum, value) => sum + value * 0.1, 0);

describe('an electronic density of states', () => {
  test.prop([sources, fc.constantFrom(0, 0.05, 0.3)])(
    'holds the states of both spins, per cell, atom or volume',
    (dos, smearingEv) => {
      const expected = states(dos);
      const within = 1e-4 * expected + 1e-4;
      for (const [per, divisor] of [
        ['cell', 1],
        ['atom', 2],
        ['volume', 80],
      ] as const) {
        const { view } = prepare({ dos, structure: sodiumChloride }, { ...defaults, smearingEv, per }, 'law');
        expect(Math.abs(integral(view) - expected / divisor)).toBeLessThan(within);
      }
    },
  );

  test.prop([sources, fc.double({ min: -20, max: 20, noNaN: true })])(
    'counts energies from the Fermi level',
    (dos, fermiEv) => {
      const moved = { ...dos, fermiEv, energiesEv: dos.energiesEv.map((energy) => energy + fermiEv) };
      const [here, there] = [dos, moved].map((each) =>
        prepare({ dos: each }, { ...defaults, per: 'cell' }, 'law'),
      );
      // Rounding may cut samples into other pieces, each a Gaussian: that much is their error.
      const within = 1e-3 * (1 + Math.max(...dos.total[0]!) + Math.max(...dos.total[1]!));
      here!.view.forEach((value, bin) => {
        expect(Math.abs(value - there!.view[bin]!)).toBeLessThan(within);
      });
    },
  );

  test.prop([sources.filter((dos) => states(dos) > 1e-3)])(
    'is by default what `electronicDos` gives',
    (dos) => {
      const densities = dos.total[0]!.map((up, i) => up + dos.total[1]![i]!);
      const { view } = prepare({ dos }, defaults, 'law');
      expect(view).toEqual(electronicDos({ positions: dos.energiesEv, densities }, 'law'));
      expect(Math.max(...view)).toBe(1);
    },
  );

  it('says which bins the source covers', () => {
    const dos = { energiesEv: Float64Array.of(-5, 20), fermiEv: 0, total: [Float64Array.of(1, 1)] };
    const { mask, notes } = prepare({ dos }, { ...defaults, smearingEv: 0, per: 'cell' }, 'half');
    expect(mask!.subarray(0, 50).every((share) => share < 1e-6)).toBe(true);
    expect(mask!.subarray(50).every((share) => share > 0.999)).toBe(true);
    expect(notes).toEqual(['the source covers 150 of 200 bins whole']);
    const wide = { ...dos, energiesEv: Float64Array.of(-20, 20) };
    expect(prepare({ dos: wide }, defaults, 'whole').mask).toBeNull();
  });

  it('spreads samples that lie farther apart than the smearing evenly', () => {
    const dos = { energiesEv: Float64Array.of(-30, 30), fermiEv: 0, total: [Float64Array.of(2, 2)] };
    const { view } = prepare({ dos }, { ...defaults, per: 'cell' }, 'flat');
    for (const value of view) expect(value).toBeCloseTo(2, 5);
  });

  it('takes a DOSCAR whose energies repeat in print', async () => {
    const head = `1 1 0 0\n10 4e-10 4e-10 4e-10 5e-16\n0.0001\nCAR\nname\n`;
    const rows = ['-1.000 0.0 0.0', '-0.001 3.0 1.5', '-0.001 5.0 1.5', '1.000 0.0 5.5'].join('\n');
    const dos = await readDoscar(`${head}1.0 -1.0 4 0.5 1.0\n${rows}\n`);
    const { view } = prepare({ dos }, { ...defaults, smearingEv: 0, per: 'cell' }, 'DOSCAR');
    expect(integral(view)).toBeCloseTo(4, 2);
  });

  const good = { energiesEv: Float64Array.of(-1, 0, 1), fermiEv: 0, total: [Float64Array.of(1, 2, 1)] };
  const bad: [string, ElectronicDosSource, string][] = [
    ['none', { dos: null }, 'got none'],
    [
      'an empty grid',
      { dos: { ...good, energiesEv: new Float64Array(0), total: [new Float64Array(0)] } },
      'got 0 and 0',
    ],
    ['unlike lengths', { dos: { ...good, total: [Float64Array.of(1, 2)] } }, 'got 3 and 2'],
    ['falling energies', { dos: { ...good, energiesEv: Float64Array.of(-1, 1, 0) } }, 'increasing positions'],
    ['NaN energies', { dos: { ...good, energiesEv: Float64Array.of(-1, Number.NaN, 1) } }, 'finite numbers'],
    ['a NaN Fermi level', { dos: { ...good, fermiEv: Number.NaN } }, 'fermiEv'],
    [
      'a spin that is given as negative',
      { dos: { ...good, total: [...good.total, Float64Array.of(-1, -2, -1)] } },
      'spin 2 densities of 0 and more',
    ],
    ['energies in another unit', { dos: { ...good, fermiEv: 100 } }, 'got -101 to -99'],
  ];
  it.each(bad)('is refused with %s', (_, raw, complaint) => {
    const make = () => prepare(raw, defaults, 'DOSCAR');
    expect(make).toThrow(DataError);
    expect(make).toThrow(new RegExp(`DOSCAR.*${complaint}`));
  });

  it.each([
    [{ count: 0 }, 'options.count'],
    [{ stepEv: -1 }, 'options.step'],
    [{ firstEv: Number.NaN }, 'options.first'],
    [{ smearingEv: Number.NaN }, 'options.smearing'],
    [{ per: 'gram' as 'cell' }, 'options.per'],
    [{ per: 'atom' as const }, 'a structure for states per atom'],
  ])('is refused with the option %j', (change, complaint) => {
    expect(() => prepare({ dos: good }, { ...defaults, ...change }, 'x')).toThrow(complaint);
  });
});

import { describe, expect, it } from 'vitest';
import { Output } from '../output/output';
import { renderReport } from '../report/render-report';
import { fakeServices } from '../testing/fake-services';
import { MemoryStream } from '../testing/memory-stream';
import { run } from '../testing/run';
import { sampleEvaluation, sampleReport, sampleUncertainty } from '../testing/sample-report';
import { ensembleTables } from './ensemble-table';
import { groupsTables } from './groups-table';
import { intervalText } from './interval-text';

const output = (): Output => new Output(new MemoryStream(), new MemoryStream());
const { ensemble, groups } = sampleUncertainty();

describe('ensembles and groups', () => {
  it('stand beside their members, within 100 columns', () => {
    const text = ensembleTables(ensemble, 'reference', 0, output());
    expect(text).toContain('Ensemble of 2 seeds');
    const [first] = ensemble.members[0]!.pairs;
    expect(text).toMatch(new RegExp(`seed 3\\s*│\\s*${first!.scores!.recallAt1.toFixed(3)}`));
    expect(text).toMatch(/seed 4\s*│\s*0\.35 │/);
    expect(text).toMatch(/mean\s*│\s*0\.225 │/);
    expect(text).toContain('deviation between seeds: mean 0.125 eV, rank correlation with the error 0.438');
    expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  it('say what intervals hold, and where there are none', () => {
    const [gap] = ensemble.targets;
    if (gap?.kind !== 'regression') throw new Error('another kind');
    const { intervals, scaledIntervals } = gap;
    expect(intervalText('intervals', intervals!, 'eV')).toBe(
      '90 % intervals: hold 87.5 %, mean width 1 eV, from 60 validation labels',
    );
    expect(intervalText('intervals', scaledIntervals!, '')).toBe(
      '90 % intervals: none, 3 validation labels are too few',
    );
  });

  it('mark groups under five materials', () => {
    const text = groupsTables(groups, 'reference', output());
    expect(text).toContain('gap: MAE (eV) by element contained');
    expect(text).toContain('crystal structure → simulated phonon DOS: R@10 by number of sites');
    expect(text).toMatch(/<Fe>\s*│\s*3\* │\s*0\.75 │\s*0\.5 – 1 │/);
    expect(text.endsWith('* fewer than 5 materials')).toBe(true);
    expect(groupsTables(groups.slice(1), 'reference', output())).not.toContain('fewer');
  });

  it('stand in the page, with hostile names as text', async () => {
    const sample = sampleReport(24);
    const evaluation = { ...sample.evaluation, ensemble, groups };
    const html = await renderReport({ ...sample, evaluation });
    for (const part of [
      'Ensemble of 2 seeds',
      '<tr><th>seed 4</th><td>0.35</td>',
      '<th>&lt;Fe&gt;</th><td>3*</td><td>0.75</td><td>0.5 – 1</td>',
      'by number of sites',
      '90 % intervals of one width: hold 87.5 %',
    ]) {
      expect(html).toContain(part);
    }
    expect(await renderReport(sample)).not.toContain('Ensemble of');
  });
});

describe('bravais evaluate', () => {
  it('hands on members, level and groups, and writes them as JSON', async () => {
    const asked: object[] = [];
    const services = fakeServices({
      evaluate: async ({ members, conformal, by }) => {
        asked.push({ members, conformal, by });
        return { ...sampleEvaluation(24), ensemble, groups };
      },
    });
    const { stdout, exitCode } = await run(services, [
      'evaluate',
      'runs/a',
      '--member',
      'runs/b',
      '--conformal',
      '0.8',
      '--by',
      'element,size',
      '--json',
    ]);
    expect(exitCode).toBe(0);
    expect(asked).toEqual([{ members: ['runs/b'], conformal: 0.8, by: ['element', 'size'] }]);
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(document.groups).toEqual(JSON.parse(JSON.stringify(groups)));
    expect(document.ensemble).toMatchObject({
      members: [
        { path: 'runs/a', seed: 3, directions: [{ query: 'structure' }, { query: 'phononDos' }] },
        { path: 'runs/b', seed: 4 },
      ],
      directions: [{ count: 24, ranks: expect.any(String) }, { count: 24 }],
      targets: [{ name: 'gap', meanDeviation: 0.125 }],
    });
  });

  it.each([
    ['--by', 'colour'],
    ['--by', 'element,'],
    ['--conformal', '90'],
  ])('refuses %s %s before any work', async (option, value) => {
    const services = fakeServices();
    const { exitCode } = await run(services, ['evaluate', 'runs/a', option, value]);
    expect([exitCode, services.calls]).toEqual([2, []]);
  });
});

import type { RegressionReport } from '@bravais/trainer';
import { describe, expect, it } from 'vitest';
import { sampleConfig, sampleEvaluation, sampleReport } from '../testing/sample-report';
import { projectEmbeddings } from './project-embeddings';
import { renderEmbeddingMap } from './render-embedding-map';
import { renderReport } from './render-report';

describe('renderReport', () => {
  it('holds every part', async () => {
    const html = await renderReport(sampleReport());
    expect(html).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    for (const part of [
      '<title>Bravais demo</title>',
      'llvmpipe (LLVM 15.0.6, 256 bits)',
      '<dt>seed</dt><dd>3</dd>',
      'Retrieval beside chance',
      '95 % interval',
      '<th>chance</th><th>scalars</th><th>elements</th>',
      'Ranked in other ways',
      'which uses the whole pool of queries',
      'Scalars: by one or two numbers a modality',
      'crystal structure → simulated phonon DOS',
      'simulated phonon DOS → crystal structure',
      'Training loss',
      'Validation, mean of all directions',
      'Ranks, test split',
      'Recall at k, test split',
      'UMAP of all 60 materials by cosine distance',
      'Retrieval examples',
      'Al<sub>2</sub>O<sub>3</sub>',
      '<span class="hit">✓ ',
      '<details class="card"><summary>Config</summary>',
      'kind: all-pairs-clip',
      'prefers-color-scheme:dark',
    ]) {
      expect(html).toContain(part);
    }
    expect(html.match(/<svg/g)).toHaveLength(5);
  });

  it('draws the terms of the loss where it has several', async () => {
    const terms = (loss: number) => ({
      loss,
      'loss/structure|phononDos': loss + 1,
      'loss/structure|text': loss - 1,
    });
    const metrics = [1, 2, 3].map((step) => ({
      step,
      epoch: 0,
      split: 'train' as const,
      values: terms(4 - step),
    }));
    const html = await renderReport({ ...sampleReport(12), metrics });
    const training = html.slice(html.indexOf('Training loss'), html.indexOf('Validation, mean'));
    expect(training).toContain('crystal structure · simulated phonon DOS</li>');
    expect(training).toContain('crystal structure · text</li>');
    expect(training.match(/aria-roledescription="line mark"/g)).toHaveLength(3);
    const plain = await renderReport({ ...sampleReport(12) });
    const alone = plain.slice(plain.indexOf('Training loss'), plain.indexOf('Validation, mean'));
    expect(alone.match(/aria-roledescription="line mark"/g)).toHaveLength(1);
    expect(alone).not.toContain('</li>');
  });

  it('draws two marks and a line for each material', async () => {
    const html = await renderReport(sampleReport(20));
    const map = html.slice(html.indexOf('class="card map"'));
    expect(map.match(/aria-label="[^"]*, (crystal structure|simulated phonon DOS)"/g)).toHaveLength(40);
    expect(map.match(/aria-roledescription="line mark"/g)).toHaveLength(20);
  });

  it('tells averages, early stopping, how the run ended, versions and a diagnosis', async () => {
    const base = sampleReport(12);
    const training = { ...base.config.training, ema: 0.999, patience: 3, evaluateEvery: 40 };
    const html = await renderReport({
      ...base,
      config: { ...base.config, training },
      history: {
        ending: 'diverged: loss NaN and gradient norm NaN at step 7',
        versions: { node: '24.1.0', webgpu: '0.6.2' },
        divergence: {
          ...{ step: 7, loss: Number.NaN, gradientNorm: Number.NaN, batch: ['ref-1', '<ref-2>'] },
          notFinite: { parameter: 'structure.head' },
        },
      },
    });
    for (const part of [
      '<dt>averages</dt><dd>exponential moving average of the parameters, decay 0.999;',
      '<dt>early stopping</dt><dd>patience of 3 evaluations without a better val/mrr</dd>',
      '<dt>run</dt><dd>diverged: loss NaN and gradient norm NaN at step 7</dd>',
      '<dt>versions</dt><dd>node 24.1.0, webgpu 0.6.2</dd>',
      'first not finite: parameter structure.head; its batch: ref-1, &lt;ref-2&gt;</dd>',
    ]) {
      expect(html).toContain(part);
    }
    const plain = await renderReport(base);
    expect(plain).toContain('<dt>averages</dt><dd>none</dd><dt>early stopping</dt><dd>none</dd>');
    expect(plain).toContain('<dt>run</dt><dd>not recorded</dd>');
    expect(plain).not.toContain('diagnosis');
  });

  it('is the same text for the same input', async () => {
    const [first, second] = [await renderReport(sampleReport()), await renderReport(sampleReport())];
    expect(first === second).toBe(true);
  });

  it('loads nothing', async () => {
    const html = await renderReport(sampleReport());
    const addresses = html.match(/(?:https?:)?\/\/[\w.-]+[^\s"'<]*/g) ?? [];
    expect([...new Set(addresses)].sort()).toEqual([
      'http://www.w3.org/1999/xlink',
      'http://www.w3.org/2000/svg',
    ]);
    expect(html).not.toMatch(/<(link|img|iframe|script src)/);
  });

  it('shows hostile text as text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const base = sampleReport();
    const evaluation = sampleEvaluation(12, 0.5, [`${evil}2`]);
    const html = await renderReport({
      ...base,
      title: evil,
      config: { ...base.config, description: evil },
      evaluation: { ...evaluation, adapter: evil },
      map: projectEmbeddings(evaluation.embeddings, 0),
    });
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  it('keeps absolute paths to itself', async () => {
    for (const root of ['/home/someone/data/jarvis', 'C:\\Users\\someone\\jarvis']) {
      const config = {
        ...sampleConfig('jarvis-phdos'),
        data: { ...sampleConfig('jarvis-phdos').data, root },
      };
      const html = await renderReport({ ...sampleReport(), config });
      expect(html).not.toContain('someone');
      expect(html).toContain('root: …/jarvis');
      expect(html).not.toContain('simulated');
    }
  });

  it('says what is missing in a run without metrics and with two materials', async () => {
    const html = await renderReport({ ...sampleReport(2), metrics: [] });
    expect(html).toContain('No metrics of the training were found.');
    expect(html).toContain('The run was not evaluated on the way.');
    expect(html).toContain('Too few materials for a map.');
  });
});

describe('renderEmbeddingMap', () => {
  it('stands alone: fixed colours, legend, the same each time', async () => {
    const svg = await renderEmbeddingMap(sampleReport());
    expect(svg).toBe(await renderEmbeddingMap(sampleReport()));
    expect(svg).not.toContain('var(');
    for (const label of ['oxide', 'intermetallic', 'crystal structure', 'simulated phonon DOS']) {
      expect(svg).toContain(`>${label}</text>`);
    }
  });

  it('of a handful of materials says so', async () => {
    expect(await renderEmbeddingMap(sampleReport(2))).toContain('Too few materials');
  });

  it('shows targets beside their baselines with a parity plot, and no retrieval where nothing was aligned', async () => {
    const sample = sampleReport(12);
    const { loss: _, ...config } = sample.config;
    const metrics = { count: 2, mae: 0.25, mse: 0.1, rmse: 0.3, r2: 0.9, spearman: 1 };
    const target: RegressionReport = {
      kind: 'regression',
      name: 'gap',
      property: 'bandGapEv',
      modality: 'structure',
      unit: 'eV',
      metrics,
      baselines: [{ name: 'nearest', metrics: { ...metrics, mae: 0.75 } }],
      byElement: [
        { group: 'O', count: 2, mae: 0.25 },
        { group: '<Fe>', count: 1, mae: 0.5 },
      ],
      byCrystalSystem: [],
      bounds: 0,
      points: [
        { id: 'a', actual: 1, predicted: 1.25 },
        { id: 'b', actual: 3, predicted: 2.75 },
      ],
    };
    const evaluation = { ...sample.evaluation, pairs: [], controls: [], targets: [target] };
    const html = await renderReport({ ...sample, config, evaluation });
    for (const part of [
      'Predictions beside baselines',
      '<strong>0.25</strong> eV mean absolute error',
      '5 nearest crystals</th><td>0.75</td>',
      'gap: predicted against true',
      '&lt;Fe&gt;',
    ]) {
      expect(html).toContain(part);
    }
    expect(html).not.toContain('Ranks, ');
    const parity = html.slice(html.indexOf('gap: predicted against true'));
    expect(parity.match(/aria-roledescription="circle"/g)).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { embeddingMaps } from '../../explanation/embedding-maps';
import { sampleExplanation } from '../../testing/sample-explanation';
import { sampleConfig } from '../../testing/sample-report';
import type { MapData } from './map-data';
import { MAP_SCRIPT } from './map-script';
import { type ExplanationInput, renderExplanation } from './render-explanation';

const input = (...changes: Parameters<typeof sampleExplanation>): ExplanationInput => {
  const report = sampleExplanation(...changes);
  return { report, maps: report.embeddings.map((each) => embeddingMaps(each, 3)), config: sampleConfig() };
};

function dataOf(html: string): MapData {
  const [, json] = html.match(/<script type="application\/json" id="map-data">(.*?)<\/script>/s)!;
  return JSON.parse(json!) as MapData;
}

describe('renderExplanation', () => {
  const html = renderExplanation(input());

  it('holds every part, and the same text for the same input', () => {
    expect(html).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    for (const part of [
      '<h2>Map</h2>',
      '40 of 80 of the test split',
      '<th scope="col">trained</th><th scope="col">untrained</th><th scope="col">composition</th>',
      '<th scope="row">10-NN accuracy, crystal system</th><td>0.500</td><td>0.600</td><td>0.700</td>',
      '<th scope="row">modality gap, crystal structure · simulated phonon DOS</th><td>0.125</td><td>0.625</td>',
      'largest |sum − (f(x) − f(baseline))| 0.0005',
      'atoms in the colours of what they bring',
      '<dt>geometry statistics</dt><dd>0.125</dd>',
      'Na → K: KCl</th><td>0.875</td><td>0.500</td><td>2</td>',
      'tabindex="0" role="application"',
      'prefers-color-scheme:dark',
    ]) {
      expect(html).toContain(part);
    }
    expect(renderExplanation(input()) === html).toBe(true);
  });

  it('draws every structure and spectrum once, and refers to what is there', () => {
    const symbols = [...html.matchAll(/<symbol id="([sd]\d+)"/g)].map(([, id]) => id);
    expect(symbols).toHaveLength(80);
    expect(new Set(symbols).size).toBe(80);
    const used = [...html.matchAll(/<use href="#(\w+)"/g)].map(([, id]) => id);
    expect(used.length).toBeGreaterThan(6);
    expect(used.filter((id) => !symbols.includes(id))).toEqual([]);
    expect(html.match(/<mark /g)).toHaveLength(3);
    // 66 bins, and 27 points summed along an axis.
    expect(html.match(/<rect /g)).toHaveLength(66 + 9);
  });

  it('gives the map what it shows', () => {
    const { materials, maps, colorings } = dataOf(html);
    expect(materials).toHaveLength(40);
    expect(materials[0]!.near).toEqual([
      [1, 0.875],
      [2, 0.75],
    ]);
    expect(maps.map(({ name }) => name.replace(/ \(.*/, ''))).toEqual([
      'crystal structure, trained, PCA',
      'crystal structure, trained, UMAP',
      'simulated phonon DOS, trained, PCA',
      'simulated phonon DOS, trained, UMAP',
      'crystal structure, untrained, PCA',
      'crystal structure, untrained, UMAP',
      'simulated phonon DOS, untrained, PCA',
      'simulated phonon DOS, untrained, UMAP',
      'composition, PCA',
      'composition, UMAP',
    ]);
    for (const { materials: drawn, places } of maps) expect(places).toHaveLength(2 * drawn.length);
    expect(colorings.map(({ name }) => name)).toEqual([
      'formation energy',
      'metal or insulator',
      'crystal system',
      'chemical family',
    ]);
    expect(colorings[0]!.of[5]).toBeNull();
    expect(colorings[1]!.of.slice(0, 3)).toEqual([0, 1, -1]);
  });

  it('loads nothing', () => {
    const addresses = html.match(/(?:https?:)?\/\/[\w.-]+[^\s"'<]*/g) ?? [];
    expect([...new Set(addresses)]).toEqual(['http://www.w3.org/2000/svg']);
    expect(html).not.toMatch(/<(link|img|iframe|script src)/);
    expect(html).toContain("default-src 'none'");
  });

  it('shows hostile names as text, wherever they come', () => {
    const evil = '</script><img src=x onerror=alert(1)>"\'&';
    const sample = input({ id: evil, formula: evil });
    const page = renderExplanation({
      ...sample,
      config: { ...sample.config, name: evil, description: evil },
      report: {
        ...sample.report,
        adapter: evil,
        attributions: sample.report.attributions.map((each) => ({
          ...each,
          objective: evil,
          unit: evil,
          baseline: evil,
        })),
        swaps: sample.report.swaps.map((each) => ({
          ...each,
          original: { cosineWithViews: { [evil]: 1 }, predictions: { [evil]: 2 } },
          swaps: each.swaps.map((swap) => ({
            ...swap,
            ...{ from: evil, to: evil, formula: evil },
            ...{ cosineWithViews: { [evil]: 1 }, predictions: { [evil]: 2 } },
          })),
        })),
      },
    });
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<b>bold');
    expect(page).toContain('&lt;b&gt;bold&lt;/b&gt;');
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(dataOf(page).materials[0]!.formula).toBe(evil);
    for (const [, attributes] of page.matchAll(/<(?:span|svg|mark) ([^>]*)>/g)) {
      expect(attributes!.replaceAll(/[\w:-]+="[^"]*"/g, '').trim()).toBe('');
    }
  });

  it('keeps absolute paths to itself', () => {
    const sample = input();
    const config = { ...sample.config, data: { ...sample.config.data, root: '/home/someone/data' } };
    expect(renderExplanation({ ...sample, config })).not.toContain('someone');
  });

  it('says what was not asked for', () => {
    const { report, ...rest } = input();
    const page = renderExplanation({ ...rest, report: { ...report, attributions: [], swaps: [] } });
    expect(page).toContain('No attributions were asked for.');
    expect(page).toContain('No elements were swapped.');
  });
});

it('the script of the map is a script, and puts text of the data in as text', () => {
  expect(() => new Function(MAP_SCRIPT)).not.toThrow();
  expect(MAP_SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval/);
});

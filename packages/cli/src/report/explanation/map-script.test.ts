import { expect, it } from 'vitest';
import { embeddingMaps } from '../../explanation/embedding-maps';
import { sampleExplanation } from '../../testing/sample-explanation';
import { mapData, scriptJson } from './map-data';
import { MAP_SCRIPT } from './map-script';

type Listener = (event: object) => void;

/** As much of an element as the script uses. */
class FakeElement {
  children: (FakeElement | string)[] = [];
  value = '0';
  readonly attributes = new Map<string, string>();
  readonly style: Record<string, string> = {};
  readonly dataset: Record<string, unknown> = {};
  readonly listeners = new Map<string, Listener>();
  readonly classes = new Set<string>();
  readonly classList = {
    toggle: (name: string, on: boolean) => (on ? this.classes.add(name) : this.classes.delete(name)),
  };
  #text = '';
  constructor(readonly name: string) {}
  get textContent(): string {
    return (
      this.#text +
      this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('')
    );
  }
  set textContent(text: string) {
    this.#text = String(text);
  }
  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value));
  }
  append(...children: (FakeElement | string)[]): void {
    this.children.push(...children);
  }
  replaceChildren(...children: (FakeElement | string)[]): void {
    this.children = children;
  }
  addEventListener(name: string, listener: Listener): void {
    this.listeners.set(name, listener);
  }
  /** Every element below with this name. */
  all(name: string): FakeElement[] {
    return this.children.flatMap((child) =>
      typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...child.all(name)],
    );
  }
}

function opened(formula = '<b>'): Readonly<Record<string, FakeElement>> {
  const report = sampleExplanation({ formula });
  const ids = ['map-data', 'plot', 'panel', 'map-legend', 'which', 'coloring'];
  const page = Object.fromEntries(ids.map((id) => [id, new FakeElement(id)]));
  const maps = report.embeddings.map((each) => embeddingMaps(each, 0));
  page['map-data']!.textContent = scriptJson(mapData(report, maps, (modality) => modality));
  const document = {
    getElementById: (id: string) => page[id],
    createElement: (name: string) => new FakeElement(name),
    createElementNS: (_: string, name: string) => new FakeElement(name),
  };
  new Function('document', MAP_SCRIPT)(document);
  return page;
}

const tell = (element: FakeElement, name: string, event: object = {}): void =>
  element.listeners.get(name)!({ preventDefault: () => undefined, target: element, ...event });

it('draws a point for each material, and another map and other colours when they are chosen', () => {
  const { plot, which, coloring, 'map-legend': legend } = opened() as Record<string, FakeElement>;
  expect(plot!.all('circle')).toHaveLength(40);
  const drawn = (): unknown[] =>
    plot!.all('circle').map(({ attributes, style }) => [attributes.get('cx'), style.fill]);
  const before = drawn();
  expect(before[5]).toContain('var(--grid)');
  expect(legend!.textContent).toContain('eV/atom');
  coloring!.value = '2';
  tell(coloring!, 'change');
  expect(legend!.textContent).toBe('cubichexagonal');
  expect(drawn()[0]).toEqual([(before[0] as unknown[])[0], 'var(--families-0)']);
  which!.value = '1';
  tell(which!, 'change');
  expect((drawn()[0] as unknown[])[0]).not.toBe((before[0] as unknown[])[0]);
});

it('shows what the pointer is at, and holds what was clicked', () => {
  const { plot, panel } = opened() as Record<string, FakeElement>;
  const [first, second] = plot!.all('circle') as [FakeElement, FakeElement];
  tell(plot!, 'pointerover', { target: first });
  expect(panel!.textContent).toContain('<b> (');
  expect(panel!.all('use').map(({ attributes }) => attributes.get('href'))).toEqual([
    '#s0',
    '#d0',
    '#s1',
    '#s2',
  ]);
  expect([...first.classes]).toEqual(['chosen']);
  tell(plot!, 'click', { target: second });
  tell(plot!, 'pointerover', { target: first });
  expect([...second.classes]).toEqual(['chosen']);
  tell(panel!.all('button')[1]!, 'click');
  expect(panel!.all('use')[0]!.attributes.get('href')).toBe('#s3');
});

it('sets the counts of a formula low', () => {
  const { plot, panel } = opened('2(Mg0.5Al2)12O4') as Record<string, FakeElement>;
  tell(plot!, 'pointerover', { target: plot!.all('circle')[0]! });
  expect(panel!.all('h3')[0]!.textContent).toMatch(/^2\(Mg0\.5Al2\)12O4 \(/);
  expect(panel!.all('h3')[0]!.all('sub').map(({ textContent }) => textContent)).toEqual(['0.5', '2', '12', '4']); // biome-ignore format: a line
  expect(panel!.all('button')[0]!.all('sub').length).toBeGreaterThan(0);
});

it('goes through the map by keys, each in its direction', () => {
  const { plot } = opened() as Record<string, FakeElement>;
  const chosen = (): FakeElement => plot!.all('circle').find(({ classes }) => classes.has('chosen'))!;
  tell(plot!, 'keydown', { key: 'ArrowRight' });
  const moves = [
    ['ArrowRight', 'cx', 1],
    ['ArrowLeft', 'cx', -1],
    ['ArrowDown', 'cy', 1],
    ['ArrowUp', 'cy', -1],
  ] as const;
  let moved = 0;
  for (const [key, axis, sign] of moves) {
    const from = chosen();
    tell(plot!, 'keydown', { key });
    if (chosen() === from) continue;
    moved++;
    const step = Number(chosen().attributes.get(axis)) - Number(from.attributes.get(axis));
    expect(sign * step).toBeGreaterThanOrEqual(0);
  }
  expect(moved).toBeGreaterThan(2);
});

/**
 * Draws the map of the page from the JSON in it: colours, hover, keyboard and the panel beside it. Text of the data goes into the page by
 * `textContent` alone.
 */
export const MAP_SCRIPT: string = `(() => {
const SVG = 'http://www.w3.org/2000/svg';
const data = JSON.parse(document.getElementById('map-data').textContent);
const [plot, panel, legend] = ['plot', 'panel', 'map-legend'].map((id) => document.getElementById(id));
const [which, coloring] = ['which', 'coloring'].map((id) => document.getElementById(id));
const SIDE = 1000;
const MARGIN = 30;
const SCALE = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'];
let points = [];
let chosen = -1;
let pinned = false;

const element = (name, attributes, text) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
};
const drawing = (name, attributes) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};
const picture = (kind, place, box) => {
  const svg = drawing('svg', { class: kind === 's' ? 'structure' : 'spectrum', viewBox: box, 'aria-hidden': 'true' });
  if (kind === 'd') svg.setAttribute('preserveAspectRatio', 'none');
  svg.append(drawing('use', { href: '#' + kind + place }));
  return svg;
};
const named = (formula) => formula.split(/((?<=[A-Za-z)\\]])\\d+(?:\\.\\d+)?)/).map((part, at) => (at % 2 ? element('sub', {}, part) : part));
const option = (select, names) => names.forEach((name, at) => select.append(element('option', { value: at }, name)));

const extent = (values) => {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
};
const mixed = (share) => {
  const at = Math.min(SCALE.length - 2, Math.floor(share * (SCALE.length - 1)));
  const part = share * (SCALE.length - 1) - at;
  const channel = (color, k) => parseInt(color.slice(1 + 2 * k, 3 + 2 * k), 16);
  return 'rgb(' + [0, 1, 2].map((k) => Math.round((1 - part) * channel(SCALE[at], k) + part * channel(SCALE[at + 1], k))).join(',') + ')';
};
const colorOf = (own, material) => {
  const value = own.of[material];
  if (own.classes) return value < 0 ? 'var(--grid)' : 'var(--families-' + value + ')';
  if (value === null) return 'var(--grid)';
  const [least, most] = extent(own.of);
  return mixed(most > least ? (value - least) / (most - least) : 0.5);
};
const valueOf = (own, material) => {
  const value = own.of[material];
  if (own.classes) return value < 0 ? 'not known' : own.classes[value];
  return value === null ? 'not known' : value + ' ' + own.unit;
};

const draw = () => {
  const map = data.maps[which.value];
  const own = data.colorings[coloring.value];
  const axes = [0, 1].map((axis) => extent(map.places.filter((_, at) => at % 2 === axis)));
  const scaled = (value, axis) => {
    const [least, most] = axes[axis];
    return MARGIN + (most > least ? (value - least) / (most - least) : 0.5) * (SIDE - 2 * MARGIN);
  };
  points = map.materials.map((material, row) => ({
    material,
    x: scaled(map.places[2 * row], 0),
    y: SIDE - scaled(map.places[2 * row + 1], 1),
  }));
  plot.replaceChildren(
    ...points.map(({ material, x, y }) => {
      const circle = drawing('circle', { cx: x.toFixed(1), cy: y.toFixed(1), r: 9 });
      circle.style.fill = own ? colorOf(own, material) : 'var(--muted)';
      circle.dataset.material = material;
      return circle;
    }),
  );
  legend.replaceChildren();
  if (own && own.classes) {
    own.classes.forEach((name, at) => {
      if (!own.of.includes(at)) return;
      const item = element('li', {});
      const dot = element('span', { class: 'dot' });
      dot.style.background = 'var(--families-' + at + ')';
      item.append(dot, name);
      legend.append(item);
    });
  } else if (own) {
    const [least, most] = extent(own.of);
    const bar = element('span', { class: 'bar' });
    bar.style.background = 'linear-gradient(90deg,' + SCALE.join(',') + ')';
    const item = element('li', {});
    item.append(String(least), bar, most + ' ' + own.unit);
    legend.append(item);
  }
  mark();
};

const mark = () => {
  for (const circle of plot.children) circle.classList.toggle('chosen', Number(circle.dataset.material) === chosen);
};
const show = (material) => {
  chosen = material;
  const { id, formula, structure, spectrum, near } = data.materials[material];
  const facts = element('dl', { class: 'facts' });
  for (const own of data.colorings) facts.append(element('dt', {}, own.name), element('dd', {}, valueOf(own, material)));
  const list = element('ul', { class: 'near' });
  for (const [other, cosine] of near) {
    const button = element('button', { type: 'button' });
    if (data.materials[other].structure) button.append(picture('s', other, '0 0 100 100'));
    const words = element('span', {});
    words.append(...named(data.materials[other].formula), ' ' + cosine.toFixed(2));
    button.append(words);
    button.addEventListener('click', () => {
      pinned = true;
      show(other);
    });
    const item = element('li', {});
    item.append(button);
    list.append(item);
  }
  const title = element('h3', {});
  title.append(...named(formula), ' (' + id + ')');
  panel.replaceChildren(title);
  if (structure) panel.append(picture('s', material, '0 0 100 100'));
  if (spectrum) panel.append(picture('d', material, '0 0 100 30'));
  panel.append(facts);
  if (near.length > 0) panel.append(element('h4', {}, 'Nearest, with the cosine'), list);
  mark();
};

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const nextFrom = (own, [dx, dy]) => {
  let [best, cost] = [null, Infinity];
  for (const point of points) {
    const along = (point.x - own.x) * dx + (point.y - own.y) * dy;
    const aside = Math.abs((point.x - own.x) * dy) + Math.abs((point.y - own.y) * dx);
    if (along <= 0 || along + 2 * aside >= cost) continue;
    [best, cost] = [point, along + 2 * aside];
  }
  return best;
};
plot.addEventListener('keydown', (event) => {
  const direction = DIRECTIONS[event.key];
  if (event.key === 'Escape') pinned = false;
  if (!direction || points.length === 0) return;
  event.preventDefault();
  const own = points.find(({ material }) => material === chosen);
  const next = own ? nextFrom(own, direction) : points[0];
  pinned = true;
  if (next) show(next.material);
});
plot.addEventListener('pointerover', (event) => {
  if (!pinned && event.target.dataset.material !== undefined) show(Number(event.target.dataset.material));
});
plot.addEventListener('click', (event) => {
  pinned = event.target.dataset.material !== undefined;
  if (pinned) show(Number(event.target.dataset.material));
});
option(which, data.maps.map(({ name }) => name));
option(coloring, data.colorings.map(({ name }) => name));
for (const select of [which, coloring]) select.addEventListener('change', draw);
draw();
})();`;

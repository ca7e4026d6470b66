const [WIDTH, HEIGHT] = [640, 400];
const MARGIN = { left: 70, right: 20, top: 40, bottom: 55 };

/**
 * The straight line that fits points best: y = slope · x + intercept by least squares, with the share of the variance that
 * it explains.
 *
 * @param {readonly { x: number, y: number }[]} points at least two different x
 */
export function fitLine(points) {
  const mean = (pick) => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [x, y] = [mean((p) => p.x), mean((p) => p.y)];
  const slope = mean((p) => (p.x - x) * (p.y - y)) / mean((p) => (p.x - x) ** 2);
  const intercept = y - slope * x;
  const residual = mean((p) => (p.y - slope * p.x - intercept) ** 2);
  return { slope, intercept, rSquared: 1 - residual / mean((p) => (p.y - y) ** 2) };
}

/**
 * An SVG of points and a straight line, both axes from 0.
 *
 * @param {object} plot
 * @param {readonly { x: number, y: number, label: string }[]} plot.points
 * @param {{ slope: number, intercept: number }} plot.line
 * @param {string} plot.title
 * @param {string} plot.xLabel
 * @param {string} plot.yLabel
 */
export function linePlot({ points, line, title, xLabel, yLabel }) {
  const xs = points.map(({ x }) => x);
  const xTicks = ticks(Math.max(...xs));
  const yTicks = ticks(Math.max(...points.map(({ y }) => y)));
  const [xEnd, yEnd] = [xTicks.at(-1), yTicks.at(-1)];
  const px = (x) => +(MARGIN.left + (x / xEnd) * (WIDTH - MARGIN.left - MARGIN.right)).toFixed(1);
  const py = (y) => +(HEIGHT - MARGIN.bottom - (y / yEnd) * (HEIGHT - MARGIN.top - MARGIN.bottom)).toFixed(1);
  const end = (x) => [px(x), py(line.slope * x + line.intercept)];
  const text = (x, y, anchor, content, more = '') =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}"${more}>${escapeText(content)}</text>`;
  const rule = (x1, y1, x2, y2, color) =>
    `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${color}"/>`;
  const middle = (MARGIN.top + HEIGHT - MARGIN.bottom) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    text(WIDTH / 2, 22, 'middle', title, ' font-size="15"'),
    ...xTicks.map((x) => rule(px(x), py(0), px(x), py(yEnd), '#e5e5e5')),
    ...yTicks.map((y) => rule(px(0), py(y), px(xEnd), py(y), '#e5e5e5')),
    ...xTicks.map((x) => text(px(x), py(0) + 18, 'middle', String(x))),
    ...yTicks.map((y) => text(px(0) - 8, py(y) + 4, 'end', String(y))),
    text((MARGIN.left + WIDTH - MARGIN.right) / 2, HEIGHT - 12, 'middle', xLabel),
    text(18, middle, 'middle', yLabel, ` transform="rotate(-90 18 ${middle})"`),
    rule(...end(Math.min(...xs)), ...end(Math.max(...xs)), '#d97706'),
    ...points.map(({ x, y }) => `<circle cx="${px(x)}" cy="${py(y)}" r="5" fill="#1d4ed8"/>`),
    ...points.map(({ x, y, label }) => text(px(x) - 9, py(y) - 7, 'end', label)),
    '</svg>\n',
  ].join('\n');
}

/** Round numbers from 0 to the first at or above `most`, four to eight of them. */
function ticks(most) {
  const raw = most / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => +(i * step).toPrecision(12));
}

function escapeText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

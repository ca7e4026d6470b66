const [WIDTH, HEIGHT] = [720, 420];
const MARGIN = { left: 64, right: 170, top: 36, bottom: 50 };
const COLORS = [
  '#1d4ed8',
  '#d97706',
  '#059669',
  '#dc2626',
  '#7c3aed',
  '#0891b2',
  '#be185d',
  '#4d7c0f',
  '#a16207',
  '#475569',
];

/**
 * An SVG of CPU time against the batch, both axes logarithmic, a line a loss.
 *
 * @param {readonly { name: string, points: readonly { batch: number, milliseconds: number }[] }[]} rows
 */
export function batchPlot(rows) {
  const all = rows.flatMap(({ points }) => points);
  const [left, right] = [Math.min, Math.max].map((pick) => pick(...all.map(({ batch }) => Math.log2(batch))));
  const low = Math.floor(Math.min(...all.map(({ milliseconds }) => Math.log10(milliseconds))));
  const high = Math.ceil(Math.max(...all.map(({ milliseconds }) => Math.log10(milliseconds))));
  const inner = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const px = (batch) =>
    +(MARGIN.left + ((Math.log2(batch) - left) / (right - left)) * inner.width).toFixed(1);
  const py = (ms) =>
    +(HEIGHT - MARGIN.bottom - ((Math.log10(ms) - low) / (high - low)) * inner.height).toFixed(1);
  const text = (x, y, anchor, content, more = '') =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}"${more}>${content}</text>`;
  const batches = [...new Set(all.map(({ batch }) => batch))];
  const decades = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    text(
      MARGIN.left + inner.width / 2,
      20,
      'middle',
      'CPU time of a loss with its gradients',
      ' font-size="14"',
    ),
    ...decades.map(
      (ms) =>
        `<line x1="${MARGIN.left}" y1="${py(ms)}" x2="${px(2 ** right)}" y2="${py(ms)}" stroke="#e5e5e5"/>`,
    ),
    ...decades.map((ms) => text(MARGIN.left - 8, py(ms) + 4, 'end', `${ms} ms`)),
    ...batches.map((batch) => text(px(batch), HEIGHT - MARGIN.bottom + 18, 'middle', String(batch))),
    text(MARGIN.left + inner.width / 2, HEIGHT - 12, 'middle', 'materials in a batch'),
    ...rows.flatMap(({ name, points }, row) => {
      const color = COLORS[row % COLORS.length];
      const path = points.map(({ batch, milliseconds }) => `${px(batch)},${py(milliseconds)}`).join(' ');
      const y = MARGIN.top + 14 + 20 * row;
      return [
        `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="1.5"/>`,
        ...points.map(
          ({ batch, milliseconds }) =>
            `<circle cx="${px(batch)}" cy="${py(milliseconds)}" r="3" fill="${color}"/>`,
        ),
        `<line x1="${WIDTH - 158}" y1="${y - 4}" x2="${WIDTH - 138}" y2="${y - 4}" stroke="${color}" stroke-width="3"/>`,
        text(WIDTH - 132, y, 'start', name),
      ];
    }),
    '</svg>\n',
  ].join('\n');
}

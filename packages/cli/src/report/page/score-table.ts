import { escapeHtml } from './escape-html';

/** A table of scores; the first cell of each row is its head. */
export function scoreTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('');
  const lines = rows.map(
    ([first, ...cells]) =>
      `<tr><th>${escapeHtml(first!)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll"><table class="scores"><thead><tr>${heads}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}

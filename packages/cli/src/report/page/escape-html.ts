const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that HTML shows as it is, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** A formula with its counts set low: `Al2O3` → `Al<sub>2</sub>O<sub>3</sub>`. */
export function formulaHtml(formula: string): string {
  return escapeHtml(formula).replace(/(?<=[A-Za-z)\]])(\d+(?:\.\d+)?)/g, '<sub>$1</sub>');
}

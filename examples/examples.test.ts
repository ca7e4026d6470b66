import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const root = join(import.meta.dirname, '..');

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
});

it("README's example is examples/align.ts, and it finds materials better than chance", async () => {
  const example = readFileSync(join(root, 'examples', 'align.ts'), 'utf8');
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`\`\`\`ts\n${example}\`\`\``);
  rmSync(join(root, 'runs', 'example'), { recursive: true, force: true });
  await import('./align');
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    const [, score, chance] = /R@10 ([\d.]+), chance ([\d.]+)$/.exec(line)!;
    expect(Number(score)).toBeGreaterThan(2 * Number(chance));
  }
});

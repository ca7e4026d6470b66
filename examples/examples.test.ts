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

it('the four losses see a swapped material, and those of three cannot see two turned signs', async () => {
  await import('./losses-by-hand');
  expect(lines).toHaveLength(4);
  expect(readFileSync(join(root, 'docs', 'losses.md'), 'utf8')).toContain(
    lines.map((line) => `    ${line}`).join('\n'),
  );
  const [agree, swapped, one, two] = lines.map((line) =>
    Object.fromEntries(
      [...line.matchAll(/(\w+) (-?[\d.]+)(?:,|$)/g)].map(([, name, value]) => [name, Number(value)]),
    ),
  ) as [Record<string, number>, Record<string, number>, Record<string, number>, Record<string, number>];
  for (const name of ['allPairsClip', 'tensorClip', 'barlowTwins']) {
    expect(swapped[name]).toBeGreaterThan(agree[name]!);
    expect(one[name]).toBeGreaterThan(agree[name]!);
  }
  expect(two.tensorClip).toBe(agree.tensorClip);
  expect(two.barlowTwins3d).toBe(agree.barlowTwins3d);
  expect(two.allPairsClip).toBeGreaterThan(agree.allPairsClip!);
});

it('a modality of your own prepares, masks and augments a spectrum that the library does not know', async () => {
  await import('./optical-spectrum');
  expect(lines[0]).toBe('[40] against photon energy, eV; 29 bins known whole');
  const [first, second] = lines.slice(1).map((line) => line.split(' ').slice(2).map(Number));
  expect(first).toHaveLength(5);
  // log(1 + α/α₀) of silicon from 2.0 to 2.5 eV, within what shift and noise change.
  for (const [at, value] of [3.6, 3.8, 4.1, 4.4, 4.6].entries()) {
    expect(Math.abs(first![at]! - value)).toBeLessThan(0.8);
  }
  expect(first).not.toEqual(second);
});

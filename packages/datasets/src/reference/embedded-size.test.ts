import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('keeps the sources of the package, with all that is embedded in them, under 5 MB', () => {
  const source = join(import.meta.dirname, '..');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((path) =>
    statSync(join(source, path)),
  );
  const bytes = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  expect(files.length).toBeGreaterThan(100);
  expect(bytes).toBeLessThan(5e6);
});

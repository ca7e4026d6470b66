// Completes the relative imports of the declarations in ./dist: './a' becomes './a.js' or './a/index.js'. Sources leave
// the ending out, which bundlers accept and TypeScript's node16 resolution, on the user's side, does not.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const dist = join(process.cwd(), 'dist');
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.d.ts'))
  .map((entry) => join(entry.parentPath, entry.name));

for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const completed = text.replace(
    /((?:from |import\()['"])(\.{1,2}(?:\/[^'"]*)?)(['"])/g,
    (whole, before, path, after) => {
      const ending = ['.js', '/index.js'].find((each) =>
        existsSync(join(dirname(file), `${path}${each.replace(/\.js$/, '.d.ts')}`)),
      );
      return ending ? `${before}${path}${ending}${after}` : whole;
    },
  );
  if (completed !== text) writeFileSync(file, completed);
}

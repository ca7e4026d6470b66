import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../store/disk-error';

const MAX_FILES = 2_000_000;

/** The files whose names fit, below a folder, by name; the file itself where it is one. Links are not followed. */
export async function* filesBelow(path: string, name: RegExp): AsyncGenerator<string, void, undefined> {
  const facts = await lstat(path).catch((error: unknown) => {
    throw diskError(error, path);
  });
  if (!facts.isDirectory()) {
    yield path;
    return;
  }
  yield* walk(path, name, { left: MAX_FILES });
}

async function* walk(
  folder: string,
  name: RegExp,
  budget: { left: number },
): AsyncGenerator<string, void, undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw diskError(error, folder);
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || budget.left-- <= 0) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path, name, budget);
    else if (entry.isFile() && name.test(entry.name)) yield path;
  }
}

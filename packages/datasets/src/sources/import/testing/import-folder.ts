import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStructure } from '../../../structure/create-structure';
import type { Structure } from '../../../structure/structure';
import type { SourceRecord } from '../../source-record';
import type { SetManifest } from '../../store/set-manifest';
import { setRecords } from '../../testing/set-records';
import { temporaryFolder } from '../../testing/temporary-folder';
import { IMPORT_KINDS } from '../import-kinds';
import { type ImportOptions, importSet } from '../import-set';

/** Rock salt, the primitive cell. */
export const halite: Structure = createStructure({
  latticeAngstrom: [0, 2.82, 2.82, 2.82, 0, 2.82, 2.82, 2.82, 0],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: ['Na', 'Cl'],
});

/** What an import makes. */
interface Imported {
  readonly manifest: SetManifest;
  readonly records: readonly SourceRecord[];
  /** Id and code of each. */
  readonly refused: readonly string[];
}

/** A folder for each test of the file that calls this, with files to import in `in`. */
export function importFolder(): {
  readonly folder: () => string;
  /** Writes a file below `in` and gives its path. */
  readonly put: (name: string, contents: string | Uint8Array) => Promise<string>;
  /** Imports a path into `out`. */
  readonly imported: (kind: string, path: string, options?: ImportOptions) => Promise<Imported>;
} {
  const folder = temporaryFolder('bravais-import-');
  return {
    folder,
    put: async (name, contents) => {
      const path = join(folder(), 'in', name);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, contents);
      return path;
    },
    imported: async (kind, path, options = {}) => {
      const out = join(folder(), 'out');
      const manifest = await importSet(out, IMPORT_KINDS[kind]!, [path], options);
      const refused = manifest.refused.first.map(({ id, code }) => `${id} ${code}`);
      return { manifest, records: await setRecords(out), refused };
    },
  };
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATA_ROOT, hasData } from '../../../test/shared-data';
import { describeSet } from '../store/describe-set';
import { readSet } from '../store/read-set';
import { IMPORT_KINDS } from './import-kinds';
import { importSet } from './import-set';

interface Expected {
  readonly file: string;
  readonly n_sites: number;
  readonly ordered: boolean;
}

describe.skipIf(!hasData('sample-files'))('files of the COD', () => {
  it('become a set with the sites that pymatgen counts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bravais-cod-'));
    try {
      const file = join(DATA_ROOT, 'sample-files', 'expected.json');
      const expected = (JSON.parse(await readFile(file, 'utf8')) as Expected[]).filter((row) =>
        row.file.endsWith('.cif'),
      );
      const sites = expected.map((row) => row.n_sites);
      const manifest = await importSet(folder, IMPORT_KINDS.cif!, [join(DATA_ROOT, 'sample-files')]);
      expect([manifest.records, manifest.structures, manifest.refused.count]).toEqual([10, 10, 0]);
      const found = await describeSet(readSet(folder));
      expect([found.records, found.distinctIds]).toEqual([10, 10]);
      expect(found.disordered).toBe(expected.filter(({ ordered }) => !ordered).length);
      expect(found.sites).toMatchObject({ min: Math.min(...sites), max: Math.max(...sites) });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

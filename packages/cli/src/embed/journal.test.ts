import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Journal } from './journal';
import { batchOf, type JournalHeader } from './read-journal';

const header: JournalHeader = { journal: 'bravais embed 1', model: 'x' };
const batch = (...ids: string[]) => ids.map((id) => ({ id, embedding: [1, 2] }));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-journal-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function idsIn(journal: Journal): Promise<string[]> {
  const [, ...lines] = (await readFile(journal.path, 'utf8')).trimEnd().split('\n');
  return lines.flatMap((line) => batchOf(line)!.map(({ id }) => id));
}

it('of two runs on one file lets one go on, whichever is first, and keeps the rows of that one alone', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(4), fc.array(fc.boolean(), { maxLength: 8 }), async (before, turns) => {
      const out = join(folder, 'x.jsonl');
      const first = await Journal.open(out, header, false);
      const rows = Array.from({ length: before + turns.length }, (_, k) => `${k}`);
      const writers = [{ journal: first, at: 0, refused: false }];
      const addBy = async (writer: (typeof writers)[number]): Promise<void> => {
        const { journal, at } = writer;
        if (writer.refused) return;
        await journal.add(batch(rows[at]!)).then(
          () => writer.at++,
          (error: Error) => {
            expect(error).toMatchObject({
              code: 'USAGE',
              message: expect.stringContaining('one run at a time'),
            });
            expect(journal.isShared).toBe(true);
            writer.refused = true;
          },
        );
      };
      for (let k = 0; k < before; k++) await addBy(writers[0]!);
      const second = await Journal.open(out, header, true);
      expect(second.rows).toBe(before);
      writers.push({ journal: second, at: before, refused: false });
      for (const turn of turns) await addBy(writers[Number(turn)]!);
      expect(await idsIn(first)).toEqual(rows.slice(0, Math.max(...writers.map(({ at }) => at))));
      expect(writers.filter(({ refused }) => refused).length).toBe(new Set(turns).size === 2 ? 1 : 0);
      await Promise.all([first.close(), second.close(), first.remove()]);
    }),
    { numRuns: 60 },
  ));

it('says so where it was taken away meanwhile', async () => {
  const journal = await Journal.open(join(folder, 'y.jsonl'), header, false);
  await journal.add(batch('a'));
  await rm(journal.path);
  await expect(journal.add(batch('b'))).rejects.toMatchObject({ code: 'USAGE' });
  await journal.close();
});

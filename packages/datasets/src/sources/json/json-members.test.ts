import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../data-error';
import { type JsonMember, jsonMembers } from './json-members';

async function members(text: string, cut = text.length, maxElementChars = 1000): Promise<JsonMember[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += Math.max(1, cut))
      yield bytes.subarray(at, at + Math.max(1, cut));
  }
  const found: JsonMember[] = [];
  const limits = { file: 'a.json', maxBytes: 1e6, maxElementChars };
  for await (const member of jsonMembers(chunks(), limits)) found.push(member);
  return found;
}

const indented = fc.constantFrom(0, 1, 3);

describe('jsonMembers', () => {
  test.prop([
    fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 }),
    fc.integer({ min: 1, max: 40 }),
    indented,
  ])(
    'gives the elements of a list as JSON.parse does, wherever the chunks end',
    async (values, cut, indent) => {
      const text = JSON.stringify(values, null, indent);
      const found = await members(text, cut, 1e6);
      expect(found.map(({ value }) => value)).toEqual(JSON.parse(text));
      expect(found.map(({ index }) => index)).toEqual(values.map((_, k) => k));
    },
  );

  test.prop([
    fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 }),
    fc.integer({ min: 1, max: 40 }),
    indented,
  ])('gives the members of an object, lists element by element', async (object, cut, indent) => {
    const text = JSON.stringify(object, null, indent);
    const built = new Map<string, unknown>();
    for (const [key, value] of Object.entries(JSON.parse(text) as object))
      if (Array.isArray(value)) built.set(key, []);
    for (const { key, index, value } of await members(text, cut, 1e6)) {
      if (index === null) built.set(key!, value);
      else (built.get(key!) as unknown[]).push(value);
    }
    const expected = new Map(Object.entries(JSON.parse(text) as object));
    expect(built.size).toBe(expected.size);
    for (const [key, value] of expected) expect(built.get(key)).toEqual(value);
  });

  test.prop([
    fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 4 }),
    fc.double({ min: 0, max: 0.99, noNaN: true }),
  ])('refuses a text that stops', async (values, share) => {
    const text = JSON.stringify(values);
    await expect(members(text.slice(0, Math.floor(share * text.length)))).rejects.toBeInstanceOf(DataError);
  });

  it.each([
    '',
    '5',
    'x',
    '[1,]',
    '[1 2]',
    '{"a" 1}',
    '{"a":1]',
    '[1}',
    '[1]]',
    '[1] x',
    '{"a":[1}',
    '{1:2}',
    '[{"a":1]]',
  ])('refuses %j', async (text) => {
    await expect(members(text)).rejects.toBeInstanceOf(DataError);
  });

  it('bounds one element', async () => {
    await expect(members(`["${'x'.repeat(2000)}"]`)).rejects.toMatchObject({ code: 'DATA_TOO_LARGE' });
    await expect(members(`["${'x'.repeat(2000)}`, 100)).rejects.toMatchObject({ code: 'DATA_TOO_LARGE' });
  });
});

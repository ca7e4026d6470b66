import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTar } from './tar.mjs';

interface Entry {
  name: string;
  content: string;
  type?: string;
  prefix?: string;
  size?: string;
}

function entry({ name, content, type = '0', prefix = '', size }: Entry): Buffer {
  const data = Buffer.from(content, 'latin1');
  const header = Buffer.alloc(512);
  header.write(name, 0, 100, 'latin1');
  header.write(size ?? `${data.length.toString(8).padStart(11, '0')}\0`, 124, 12, 'latin1');
  header.write(type, 156, 1, 'latin1');
  header.write('ustar\x0000', 257, 8, 'latin1');
  header.write(prefix, 345, 155, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8, 'latin1');
  return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

const archive = (...entries: Entry[]): Buffer => Buffer.concat([...entries.map(entry), Buffer.alloc(1024)]);

describe('readTar', () => {
  it('gives back what was packed, whatever the sizes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary-ascii', maxLength: 1500 }), { minLength: 1, maxLength: 5 }),
        (contents) => {
          const entries = contents.map((content, index) => ({ name: `file-${index}`, content }));
          const files = readTar(
            archive(...entries),
            entries.map(({ name }) => name),
          );
          expect([...files.values()].map((file) => file.toString('latin1'))).toEqual(contents);
        },
      ),
    );
  });

  it('reads names with a prefix and with ./', () => {
    const packed = archive(
      { name: 'driver.so', prefix: 'package/bin', content: 'a' },
      { name: './x.json', content: '{}' },
    );
    expect(readTar(packed, ['package/bin/driver.so', 'x.json']).size).toBe(2);
  });

  it('leaves out what was not asked for, links and paths that lead outside', () => {
    const packed = archive(
      { name: '../../etc/passwd', content: 'evil' },
      { name: '/etc/shadow', content: 'evil' },
      { name: 'lib.so', type: '2', content: '' },
      { name: 'lib.so', content: 'good' },
    );
    const files = readTar(packed, ['lib.so']);
    expect([...files.entries()].map(([name, data]) => [name, String(data)])).toEqual([['lib.so', 'good']]);
  });

  it('refuses an archive cut anywhere', () => {
    const whole = archive({ name: 'a', content: 'x'.repeat(700) }, { name: 'b', content: 'y' });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 512 + 1024 + 512 }), (length) => {
        expect(() => readTar(whole.subarray(0, length), ['a', 'b'])).toThrow(/^tar: expected/);
      }),
    );
  });

  it('refuses a flipped byte in a header', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 147 }), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const packed = archive({ name: 'a', content: 'x' });
        packed[at]! ^= difference;
        expect(() => readTar(packed, ['a'])).toThrow(/^tar: expected/);
      }),
    );
  });

  it.each(['99999999999\0', '77777777777\0', '-0000000001\0', '\x80\0\0\0\0\0\0\0\0\0\0\x01'])(
    'refuses the size %j',
    (size) => {
      expect(() => readTar(archive({ name: 'a', content: 'x', size }), ['a'])).toThrow(/^tar: expected/);
    },
  );
});

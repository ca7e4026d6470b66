import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hall_symbol_entry, initSync, operations_from_number } from '@spglib/moyo-wasm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isGroup } from './generate-group';
import { HALL_SETTINGS, settingsOfNumber, settingsOfSymbol } from './hall-settings';
import { hallOperations } from './hall-symbol';
import { parseOperation } from './parse-operation';
import { operationKey } from './symmetry-operation';

beforeAll(() => {
  const wasm = createRequire(import.meta.url).resolve('@spglib/moyo-wasm/moyo_wasm_bg.wasm');
  initSync({ module: readFileSync(wasm) });
});

/** Operations of moyo; its rotations come column by column. */
function moyoKeys(hallNumber: number): string[] {
  const { number } = hall_symbol_entry(hallNumber);
  return operations_from_number(number, { type: 'HallNumber', value: hallNumber }, false)
    .map(({ rotation, translation }) =>
      operationKey({
        rotation: [0, 3, 6, 1, 4, 7, 2, 5, 8].map((k) => rotation[k]!),
        translation: translation.map((w) => w - Math.floor(w)),
      }),
    )
    .sort();
}

describe('Hall symbols', () => {
  it('give the operations that moyo has for each of the 530 settings', () => {
    expect(HALL_SETTINGS).toHaveLength(530);
    HALL_SETTINGS.forEach((setting, index) => {
      const operations = hallOperations(setting.hallSymbol);
      expect(operations?.map(operationKey).sort(), setting.hallSymbol).toEqual(moyoKeys(index + 1));
      expect(setting.number).toBe(hall_symbol_entry(index + 1).number);
    });
  });

  it('take a change of basis', () => {
    const keys = (symbol: string): string[] => hallOperations(symbol)!.map(operationKey).sort();
    expect(keys('-P 2ybc (x-z,y,z)')).toEqual(keys('-P 2yn'));
    expect(keys('F 4d 2 3 -1d (0 0 0)')).toEqual(keys('F 4d 2 3 -1d'));
    expect(keys('-P 2 2 (x+1/4,y,z)').length).toBe(8);
    expect(hallOperations('P 1 (2*x,y,z)')).toHaveLength(1);
    expect(hallOperations('P 1 (1/2*x,y,z)')).toHaveLength(2);
  });

  it.each(['', 'P', 'nonsense', 'P 5', 'P 2q', 'Q 2', '-P 2yc (x,x,z)', 'P 2 2 2 2 2 2', 'P 3 (1/2*x,y,z)'])(
    'refuse %j',
    (symbol) => {
      expect(hallOperations(symbol)).toBeUndefined();
    },
  );
});

describe('Hermann–Mauguin symbols', () => {
  it('find every setting by each of its symbols, however they are spaced', () => {
    for (const setting of HALL_SETTINGS) {
      for (const symbol of setting.symbols) {
        expect(settingsOfSymbol(symbol)).toContain(setting);
        expect(settingsOfSymbol(symbol.replaceAll(' ', '').toUpperCase())).toContain(setting);
        const numbers = new Set(settingsOfSymbol(symbol).map(({ number }) => number));
        expect([...numbers]).toEqual([setting.number]);
      }
    }
  });

  it.each([
    ['P 21/c', 14, 'b1', 9],
    ['P 2(1)/n', 14, 'b2', 9],
    ['P 1 21/n 1', 14, 'b2', 1],
    ['C 2/c', 15, 'b1', 9],
    ['Fd-3m', 227, '1', 2],
    ['F d -3 m :2', 227, '2', 1],
    ['F d 3 m Z', 227, '2', 1],
    ['Fd-3mS', 227, '1', 1],
    ['R -3 m', 166, 'H', 2],
    ['R -3 m:R', 166, 'R', 1],
    ['R-3mH', 166, 'H', 1],
    ['I a 3 d', 230, '', 1],
    ['P 4_2/m n m', 136, '', 1],
    ['P b n m', 62, 'cab', 1],
    ['C m c a', 64, '', 1],
    ['A 21/e 2/m 2/a', 64, 'cab', 1],
  ])('read %s as number %i, choice %s first', (symbol, number, choice) => {
    expect(settingsOfSymbol(symbol)[0]).toMatchObject({ number, choice });
  });

  it('know no others, and no group by another number', () => {
    for (const symbol of ['', 'P 1 1', 'X m m m', 'nonsense', 'constructor'])
      expect(settingsOfSymbol(symbol)).toEqual([]);
    expect(settingsOfNumber(231)).toEqual([]);
    expect(settingsOfNumber(227).map(({ choice }) => choice)).toEqual(['1', '2']);
  });
});

describe('coordinate triplets', () => {
  it('are read in any spelling', () => {
    const read = (text: string): unknown => parseOperation(text);
    const expected = { rotation: [0, -1, 0, 1, -1, 0, 0, 0, 1], translation: [0, 0, 1 / 3] };
    for (const text of [
      '-y,x-y,z+1/3',
      '-Y, -y+x, 1/3 + z',
      ' -1*y , x - y , 0.3333+z',
      '-y,x-y,z-2/3',
      '-1y,x-y,+.33333+z',
    ])
      expect(read(text)).toEqual(expected);
  });

  it.each([
    'x,y',
    'x,y,z,t',
    'x,x,z',
    'x,y,2z',
    'x y,y,z',
    'x,y,z+1/0',
    'x,y,q',
    ',,',
    'x,y,z+',
    'x/2,y,z',
    'x,y,1e5z',
  ])('refuse %j', (text) => {
    expect(parseOperation(text)).toBeUndefined();
  });

  it('never loop on anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'xyz+-*/.,0123 ') }), (text) => {
        const operation = parseOperation(text);
        if (operation !== undefined) expect(operation.rotation).toHaveLength(9);
      }),
    );
  });

  it('form groups where they are whole, and are seen where they are not', () => {
    const some = ['x,y,z', '-x,-y,z', 'x,-y,-z', '-x,y,-z'].map((text) => parseOperation(text)!);
    expect(isGroup(some)).toBe(true);
    expect(isGroup(some.slice(0, 3))).toBe(false);
  });
});

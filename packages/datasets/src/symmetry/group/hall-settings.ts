import { HALL_SETTING_ROWS } from './hall-setting-rows';

/** One setting of a space group. */
export interface HallSetting {
  /** International Tables number, 1..230. */
  readonly number: number;
  /** Origin (`1`, `2`), axes (`H`, `R`, `cab`) or cell (`b1`); empty where there is one only. */
  readonly choice: string;
  readonly hallSymbol: string;
  /** Hermann–Mauguin symbols, the usual one first. */
  readonly symbols: readonly string[];
}

/** All 530 in order of number; of two origins the first comes first, of two axes the hexagonal ones. */
export const HALL_SETTINGS: readonly HallSetting[] = HALL_SETTING_ROWS.trim()
  .split('\n')
  .map((row) => {
    const [number, choice, hallSymbol, ...symbols] = row.split(';') as [string, string, string, ...string[]];
    return { number: Number(number), choice, hallSymbol, symbols };
  });

const BY_SYMBOL: ReadonlyMap<string, readonly HallSetting[]> = symbolIndex();

/** Standard axes: either origin, hexagonal or rhombohedral, for monoclinic groups any unique axis with the first cell. */
const STANDARD_AXES = /^([12HR]|[abc]1?)?$/;

/** Settings with standard axes of an International Tables number, the default one first. */
export function settingsOfNumber(number: number): HallSetting[] {
  return HALL_SETTINGS.filter((setting) => setting.number === number && STANDARD_AXES.test(setting.choice));
}

/**
 * Settings that a Hermann–Mauguin symbol may mean, the default one first: `P 21/c`, `P 1 21/c 1`, `Pnma`, `F d -3 m :2`, `Fd3m`,
 * `R -3 m H`, `P 2(1)/n`. A short monoclinic symbol fits every axis. Empty where there is none.
 */
export function settingsOfSymbol(symbol: string): HallSetting[] {
  const { key, choice } = normalised(symbol);
  const found = BY_SYMBOL.get(key) ?? [];
  const chosen = found.filter(
    (setting) => choice !== '' && matchesChoice(setting.choice.toLowerCase(), choice),
  );
  return chosen.length > 0 ? chosen : [...found];
}

function symbolIndex(): Map<string, HallSetting[]> {
  const index = new Map<string, HallSetting[]>();
  const add = (symbol: string, setting: HallSetting): void => {
    const { key } = normalised(symbol);
    const settings = index.get(key);
    if (settings === undefined) index.set(key, [setting]);
    else if (!settings.includes(setting)) settings.push(setting);
  };
  for (const setting of HALL_SETTINGS) {
    for (const symbol of setting.symbols) {
      add(symbol, setting);
      if (setting.number >= 3 && setting.number <= 15) add(symbol.replace(/ 1(?= |$)/g, ''), setting);
    }
  }
  return index;
}

/** Lower case without spaces, brackets and underscores; a choice behind a colon or as a last letter apart. */
function normalised(symbol: string): { key: string; choice: string } {
  const [name = '', behind = ''] = symbol
    .toLowerCase()
    .replace(/\{[^{}]*\}/g, '')
    .split(':');
  let key = name.replace(/[\s_()]+/g, '');
  let choice = behind.replace(/[\s_()]+/g, '');
  const suffix = /^(r.*)([hr])$/.exec(key) ?? /^(.+)([sz])$/.exec(key);
  if (suffix !== null) {
    key = suffix[1]!;
    choice ||= suffix[2]!;
  }
  return { key: key.replace(/^([pfi][mndac])3/, '$1-3'), choice };
}

/** The letters S and Z of ICSD are the first and the second origin. */
function matchesChoice(choice: string, wanted: string): boolean {
  const origin = wanted === 's' ? '1' : wanted === 'z' ? '2' : wanted;
  return choice === origin || (/^[12]$/.test(origin) && choice.startsWith(origin));
}

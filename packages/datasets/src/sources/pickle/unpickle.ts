import { PickleBytes } from './pickle-bytes';
import { type PicklePlace, pickleError } from './pickle-error';
import { allowedGlobal, applyState, builtValue, STORAGE_TYPES } from './pickle-globals';
import { literal, textInteger } from './pickle-literals';
import { PickleGlobal, type PickleStorage, PickleStorageRef, type PickleValue } from './pickle-value';
import { refuseCycles } from './refuse-cycles';

/** What a pickle holds, and the storages that its tensors look at. */
export interface Unpickled {
  readonly value: PickleValue;
  readonly storages: readonly PickleStorage[];
}

/** Bounds on an untrusted pickle. */
export interface UnpickleLimits {
  /** Opcodes; 20 million by default. */
  readonly maxOpcodes?: number;
  /** Lists, dictionaries and sets, the latter two counted four times; 6 million by default. */
  readonly maxObjects?: number;
}

const MAX_OPCODES = 20_000_000;
/** Lists count 1; a dictionary or set counts 4, because an empty one is one byte in a file and 200 in memory. */
const MAX_OBJECTS = 6_000_000;
/** Where a list on the stack begins. */
const MARK = Symbol('mark');

/**
 * The value of a Python pickle, protocols 0 to 5, built of numbers, strings, bytes, lists, tuples, dictionaries, sets and tensors alone.
 * No code is run, no class is looked up; every other global is refused by name, and so are values that contain themselves.
 *
 * @param file names the pickle in errors
 * @throws FormatError `DATA_UNSUPPORTED`, `DATA_INVALID`, `DATA_TRUNCATED`, `DATA_TOO_LARGE`
 */
export function unpickle(
  bytes: Uint8Array,
  file: string,
  { maxOpcodes = MAX_OPCODES, maxObjects = MAX_OBJECTS }: UnpickleLimits = {},
): Unpickled {
  const machine = new PickleMachine(bytes, { file, position: 0 }, maxObjects);
  for (let opcodes = 0; ; opcodes++) {
    if (opcodes >= maxOpcodes) {
      throw pickleError('DATA_TOO_LARGE', machine.place, `at most ${maxOpcodes} opcodes expected`, 'more');
    }
    if (!machine.step()) break;
  }
  const value = machine.pop();
  refuseCycles(value, machine.place);
  return { value, storages: [...machine.storages.values()] };
}

class PickleMachine {
  readonly storages = new Map<string, PickleStorage>();
  readonly #stack: (PickleValue | typeof MARK)[] = [];
  readonly #memo = new Map<number, PickleValue>();
  readonly #in: PickleBytes;
  #objects = 0;

  constructor(
    bytes: Uint8Array,
    readonly place: PicklePlace,
    readonly maxObjects: number,
  ) {
    this.#in = new PickleBytes(bytes, place);
  }

  /** Runs one opcode; false at the end. */
  step(): boolean {
    const input = this.#in;
    this.place.position = input.at;
    const opcode = String.fromCharCode(input.uint8());
    const value = literal(opcode, input);
    if (value !== undefined) {
      this.#push(value);
      return true;
    }
    switch (opcode) {
      case '.':
        return false;
      case '\x80':
        this.#protocol(input.uint8());
        break;
      case '\x95':
        input.skip(8);
        break;
      case '(':
        this.#stack.push(MARK);
        break;
      case '0':
        this.#stack.pop();
        break;
      case '1':
        this.#sinceMark();
        break;
      case 'l':
      case 't':
        this.#push(this.#sinceMark());
        break;
      case '\x85':
      case '\x86':
      case '\x87':
        this.#push(this.#popMany(opcode.charCodeAt(0) - 0x84));
        break;
      case 'a':
        this.#append([this.pop()]);
        break;
      case 'e':
        this.#append(this.#sinceMark());
        break;
      case 'd': {
        const items = this.#sinceMark();
        this.#push(new Map());
        this.#setItems(items);
        break;
      }
      case 's':
        this.#setItems(this.#popMany(2));
        break;
      case 'u':
        this.#setItems(this.#sinceMark());
        break;
      case '\x91':
        this.#push(new Set(this.#sinceMark()));
        break;
      case '\x90':
        this.#addItems(this.#sinceMark());
        break;
      case 'p':
        this.#remember(Number(textInteger(input)));
        break;
      case 'q':
        this.#remember(input.uint8());
        break;
      case 'r':
        this.#remember(input.uint32());
        break;
      case '\x94':
        this.#remember(this.#memo.size);
        break;
      case 'g':
        this.#recall(Number(textInteger(input)));
        break;
      case 'h':
        this.#recall(input.uint8());
        break;
      case 'j':
        this.#recall(input.uint32());
        break;
      case 'c':
        this.#push(allowedGlobal(input.line(), input.line(), this.place));
        break;
      case '\x93':
        this.#stackGlobal();
        break;
      case 'Q':
        this.#push(this.#storage(this.pop()));
        break;
      case 'R':
      case '\x81': {
        const args = this.pop();
        this.#push(builtValue(this.pop(), args, this.place));
        break;
      }
      case 'b': {
        const state = this.pop();
        applyState(this.#top(), state, this.place);
        break;
      }
      default:
        throw pickleError('DATA_UNSUPPORTED', this.place, 'an opcode that builds data expected', hex(opcode));
    }
    return true;
  }

  pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw this.#underflow();
    return value as PickleValue;
  }

  #push(value: PickleValue): void {
    if (typeof value === 'object' && value !== null) {
      this.#objects += value instanceof Map || value instanceof Set ? 4 : 1;
      if (this.#objects > this.maxObjects) {
        const expected = `lists and dictionaries of a weight of at most ${this.maxObjects} expected`;
        throw pickleError('DATA_TOO_LARGE', this.place, expected, 'more');
      }
    }
    this.#stack.push(value);
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw this.#underflow();
    return value as PickleValue;
  }

  #popMany(count: number): PickleValue[] {
    const values = Array.from({ length: count }, () => this.pop());
    return values.reverse();
  }

  #sinceMark(): PickleValue[] {
    const start = this.#stack.lastIndexOf(MARK);
    if (start < 0) throw this.#underflow();
    return this.#stack.splice(start).slice(1) as PickleValue[];
  }

  #append(items: readonly PickleValue[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw this.#wrongTarget('a list');
    for (const item of items) list.push(item);
  }

  #setItems(items: readonly PickleValue[]): void {
    const map = this.#top();
    if (!(map instanceof Map) || items.length % 2 !== 0) throw this.#wrongTarget('a dictionary and pairs');
    for (let k = 0; k < items.length; k += 2) map.set(items[k]!, items[k + 1]!);
  }

  #addItems(items: readonly PickleValue[]): void {
    const set = this.#top();
    if (!(set instanceof Set)) throw this.#wrongTarget('a set');
    for (const item of items) set.add(item);
  }

  #remember(key: number): void {
    this.#memo.set(key, this.#top());
  }

  #recall(key: number): void {
    const value = this.#memo.get(key);
    if (value === undefined)
      throw pickleError('DATA_INVALID', this.place, 'a value that was kept expected', `number ${key}`);
    this.#stack.push(value);
  }

  #stackGlobal(): void {
    const [module, name] = this.#popMany(2);
    if (typeof module !== 'string' || typeof name !== 'string') throw this.#wrongTarget('two names');
    this.#push(allowedGlobal(module, name, this.place));
  }

  #storage(id: PickleValue): PickleValue {
    const [kind, type, key, , count] = Array.isArray(id) ? id : [];
    const element = type instanceof PickleGlobal ? STORAGE_TYPES[type.name] : undefined;
    const fits =
      kind === 'storage' &&
      typeof key === 'string' &&
      typeof count === 'number' &&
      Number.isSafeInteger(count);
    if (!fits || element === undefined || count < 0) throw this.#wrongTarget('a storage of torch');
    const known = this.storages.get(key);
    if (known !== undefined && (known.type !== element || known.count !== count)) {
      throw this.#wrongTarget(`storage ${JSON.stringify(key.slice(0, 40))} as before`);
    }
    const storage = known ?? { type: element, key, count, bytes: undefined };
    this.storages.set(key, storage);
    return new PickleStorageRef(storage);
  }

  #protocol(version: number): void {
    if (version > 5)
      throw pickleError('DATA_UNSUPPORTED', this.place, 'pickle protocol 0 to 5 expected', `${version}`);
  }

  #underflow(): Error {
    return pickleError('DATA_INVALID', this.place, 'a value on the stack expected', 'none');
  }

  #wrongTarget(expected: string): Error {
    return pickleError('DATA_INVALID', this.place, `${expected} expected`, 'something else');
  }
}

function hex(opcode: string): string {
  return `0x${opcode.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

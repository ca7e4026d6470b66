import { excerpt, FormatError } from '../format-error';

/** A value of untrusted JSON and the path that leads to it, for messages. */
export class JsonValue {
  constructor(
    readonly file: string,
    readonly path: string,
    readonly value: unknown,
  ) {}

  /** The error that says what should stand here. */
  error(expected: string, remedy: string): FormatError {
    const got = described(this.value);
    const what = this.path === '' ? expected : `${expected} at ${this.path}`;
    return new FormatError('DATA_INVALID', { file: this.file }, { expected: what, got, remedy });
  }

  /** Member of an object; `undefined` as value where it is not there. */
  at(key: string): JsonValue {
    const { value } = this;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) throw this.error('an object expected', 'Write the file with Structure.as_dict().');
    const member = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    return new JsonValue(this.file, this.path === '' ? key : `${this.path}.${key}`, member);
  }

  /** Whether this is there and not null. */
  get isThere(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** Elements of a list. */
  items(): JsonValue[] {
    if (!Array.isArray(this.value))
      throw this.error('a list expected', 'Write the file with Structure.as_dict().');
    return this.value.map((item, k) => new JsonValue(this.file, `${this.path}[${k}]`, item));
  }

  /** A finite number. */
  number(): number {
    const { value } = this;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw this.error('a finite number expected', 'JSON has no NaN and no Infinity.');
  }

  /** `count` finite numbers. */
  numbers(count: number): number[] {
    const items = this.items();
    if (items.length !== count) throw this.error(`a list of ${count} numbers expected`, 'Check its length.');
    return items.map((item) => item.number());
  }

  /** A string. */
  string(): string {
    if (typeof this.value === 'string') return this.value;
    throw this.error('a string expected', 'Write the file with Structure.as_dict().');
  }
}

/** A value for a message; lists and objects are not looked into, they may be deep. */
function described(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== 'object' || value === null) return excerpt(JSON.stringify(value));
  return `an object with ${excerpt(Object.keys(value).slice(0, 5).join(', '))}`;
}

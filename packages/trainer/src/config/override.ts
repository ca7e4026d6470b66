import { isScalar, parseDocument } from 'yaml';
import { ConfigError, type ConfigPath, configIssue } from './config-error';
import { describeValue } from './expectation';

/** One `key.path=value` from the command line. */
export interface Override {
  /** The option as the user wrote it, for messages. */
  readonly option: string;
  readonly path: ConfigPath;
  /** The scalar, or `undefined` for `key.path=`: take the key out, so that its default holds. */
  readonly value: string | number | boolean | null | undefined;
}

/**
 * Reads `key.path=value`: the value is a YAML scalar, digits in the path are list indices, an empty value removes the key.
 *
 * @throws ConfigError code `OVERRIDE`, naming the option.
 *
 * @example
 * parseOverride('optim.betas.1=0.95'); // { path: ['optim', 'betas', 1], value: 0.95, … }
 */
export function parseOverride(text: string): Override {
  const option = `--set ${describeOption(text)}`;
  const fail = (complaint: string, path: ConfigPath = []): never => {
    throw new ConfigError('OVERRIDE', [configIssue(option, path, complaint)]);
  };
  const equals = text.indexOf('=');
  if (equals < 0)
    return fail('must be key.path=value, got no "=". Write for example --set training.steps=100');
  const path = text
    .slice(0, equals)
    .trim()
    .split('.')
    .map((key) => (/^\d{1,9}$/.test(key) ? Number(key) : key));
  if (path.includes(''))
    return fail('must be key.path=value, got an empty key. Write for example --set seed=1');
  const written = text.slice(equals + 1).trim();
  if (written === '') return { option, path, value: undefined };
  const document = parseDocument(written, { schema: 'core', prettyErrors: false });
  const contents: unknown = document.contents;
  const value: unknown = isScalar(contents) ? contents.value : contents;
  if (document.errors.length + document.warnings.length > 0 || !isPlainScalar(value)) {
    const remedy = 'Quote text; set the fields of a mapping or list one at a time (optim.betas.0=0.9).';
    return fail(`must be a YAML scalar, got ${describeValue(written)}. ${remedy}`, path);
  }
  return { option, path, value };
}

function isPlainScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function describeOption(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/**
 * `value` with the overrides applied in order, the given object untouched; missing mappings on the way are made.
 *
 * @throws ConfigError code `OVERRIDE` where the path runs through a scalar or past the end of a list.
 */
export function applyOverrides(value: unknown, overrides: readonly Override[]): unknown {
  return overrides.reduce<unknown>((tree, override) => setAt(tree, override, 0), value ?? {});
}

function setAt(node: unknown, override: Override, depth: number): unknown {
  const { path, value } = override;
  if (depth === path.length) return value;
  const key = path[depth]!;
  if (Array.isArray(node)) {
    if (!(typeof key === 'number' && key < node.length)) {
      return refuse(override, depth + 1, `an index from 0 to ${node.length - 1} of the list`, key);
    }
    return node.with(key, setAt(node[key], override, depth + 1));
  }
  if (typeof node !== 'object' || node === null) return refuse(override, depth, 'a mapping', node);
  const child = setAt(Object.hasOwn(node, key) ? Reflect.get(node, key) : {}, override, depth + 1);
  // Entries, not assignment: the key `__proto__` must become an ordinary unknown key.
  const rest = Object.entries(node).filter(([name]) => name !== String(key));
  return Object.fromEntries(child === undefined ? rest : [...rest, [String(key), child]]);
}

function refuse({ option, path }: Override, depth: number, expected: string, got: unknown): never {
  const complaint = `must be ${expected}, got ${describeValue(got)}. Check the path of the option.`;
  throw new ConfigError('OVERRIDE', [configIssue(option, path.slice(0, depth), complaint)]);
}

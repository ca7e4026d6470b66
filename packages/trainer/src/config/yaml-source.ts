import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { ConfigError, type ConfigPath, configIssue } from './config-error';

/** An experiment file is a page of text; a megabyte is a wrong file. */
const MAX_CHARACTERS = 1 << 20;

/** A YAML file as a value, and where each field of it stands. */
export interface YamlSource {
  readonly value: unknown;
  /** `<file>:<line>:<column>` of the key at `path`, else of its nearest ancestor that is in the file. */
  locate(path: ConfigPath): string;
}

/** Reads YAML 1.2 (core schema, one document); every syntax error carries line and column. */
export function parseYamlSource(text: string, file: string): YamlSource {
  if (text.length > MAX_CHARACTERS) {
    const complaint = `must be at most ${MAX_CHARACTERS} characters, got ${text.length}. Is this an experiment file?`;
    throw new ConfigError('TOO_LARGE', [configIssue(file, [], complaint)]);
  }
  const lines = new LineCounter();
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const { document, value } = readDocument(text, lines, place, file);
  return { value, locate: (path) => place(offsetOf(document, path)) };
}

function readDocument(
  text: string,
  lines: LineCounter,
  place: (offset: number) => string,
  file: string,
): { document: Document.Parsed; value: unknown } {
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' });
    const faults = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
    if (faults.length > 0) {
      const issues = faults.map((fault) => configIssue(place(fault.pos[0]), [], describeFault(fault, text)));
      throw new ConfigError('SYNTAX', issues);
    }
    return { document, value: document.toJS({ maxAliasCount: 100 }) };
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    // The parser throws on nesting deeper than the stack, the conversion on unresolved or exploding aliases.
    const reason = cause instanceof Error ? cause.message : String(cause);
    const complaint = `must be plain YAML, got a document that cannot be read (${reason}). Write it without deep nesting and aliases.`;
    throw new ConfigError('SYNTAX', [configIssue(`${file}:1:1`, [], complaint)], { cause });
  }
}

function describeFault(fault: YAMLError, text: string): string {
  switch (fault.code) {
    case 'DUPLICATE_KEY': {
      const key = /^[^\s:]*/.exec(text.slice(fault.pos[0], fault.pos[0] + 100))?.[0] ?? '';
      return `${key} must be given once, got it twice in one mapping. Remove one.`;
    }
    case 'TAB_AS_INDENT':
      return 'indentation must be spaces, got a tab. Replace the tab with spaces.';
    case 'MULTIPLE_DOCS':
      return 'the file must be one YAML document, got several. Remove the lines "---" after the first.';
    default:
      return `must be valid YAML, got a syntax error (${fault.message}). Correct the line, or quote the text.`;
  }
}

function offsetOf(document: Document.Parsed, path: ConfigPath): number {
  let node: unknown = document.contents;
  let offset = start(node) ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
      if (pair === undefined) return offset;
      offset = start(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = start(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function start(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

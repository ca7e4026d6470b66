import { DataError } from '../data-error';
import type { TokenizerJson } from './tokenizer-json';

/** Bytes of a file: vocabularies of large language models have 20 MB. */
const MAX_CHARACTERS = 64 * 2 ** 20;
const MAX_VOCABULARY = 1_000_000;
const MODELS = ['BPE', 'WordPiece', 'Unigram'];

/**
 * The contents of a `tokenizer.json`, looked through: a known model, every id of 0 … n − 1 once, merges of tokens of the vocabulary.
 *
 * @throws DataError `DATA_INVALID`, `DATA_TOO_LARGE`, `DATA_UNSUPPORTED`
 */
export function parseTokenizerJson(
  source: string | TokenizerJson,
  file: string,
): { json: object; vocabularySize: number } {
  const json = typeof source === 'string' ? parse(source, file) : source;
  const model = record(field(json, 'model'));
  const added = field(json, 'added_tokens');
  if (model === undefined || !Array.isArray(added)) {
    throw invalid(file, 'a tokenizer.json with model and added_tokens expected, got other JSON');
  }
  const type = field(model, 'type');
  if (!MODELS.includes(String(type))) {
    throw new DataError(
      'DATA_UNSUPPORTED',
      file,
      `a model of type ${MODELS.join(', ')} expected, got ${String(type).slice(0, 40)}. Save it with a recent tokenizers library.`,
    );
  }
  const ids = new Map<string, number>(vocabularyEntries(field(model, 'vocab'), file));
  for (const token of added) ids.set(String(field(token, 'content')), Number(field(token, 'id')));
  if (ids.size > MAX_VOCABULARY) {
    throw new DataError(
      'DATA_TOO_LARGE',
      file,
      `a vocabulary of at most ${MAX_VOCABULARY} tokens expected, got ${ids.size}. Use a smaller one.`,
    );
  }
  const seen = new Uint8Array(ids.size);
  for (const [token, id] of ids) {
    if (!Number.isInteger(id) || id < 0 || id >= ids.size || seen[id] === 1) {
      throw invalid(
        file,
        `each id of 0 to ${ids.size - 1} once expected, got ${id} for ${JSON.stringify(token.slice(0, 40))}`,
      );
    }
    seen[id] = 1;
  }
  checkMerges(field(model, 'merges'), ids, file);
  return { json, vocabularySize: ids.size };
}

function parse(source: string, file: string): object {
  if (source.length > MAX_CHARACTERS) {
    throw new DataError(
      'DATA_TOO_LARGE',
      file,
      `a tokenizer.json of at most ${MAX_CHARACTERS} characters expected, got ${source.length}. Is this the file?`,
    );
  }
  try {
    const json: unknown = JSON.parse(source);
    const found = record(json);
    if (found !== undefined) return found;
  } catch (cause) {
    throw new DataError(
      'DATA_INVALID',
      file,
      `a tokenizer.json expected, got text that does not parse (${(cause as Error).message}). Save it again.`,
      { cause },
    );
  }
  throw invalid(file, 'a tokenizer.json expected, got JSON that is no object');
}

function vocabularyEntries(vocab: unknown, file: string): [string, number][] {
  // Unigram models list [token, score]; the others map token to id.
  if (Array.isArray(vocab)) return vocab.map((entry, id) => [String((entry as unknown[])[0]), id]);
  const tokens = record(vocab);
  if (tokens === undefined) throw invalid(file, 'a vocabulary expected in model.vocab, got none');
  return Object.entries(tokens).map(([token, id]) => [token, Number(id)]);
}

function checkMerges(merges: unknown, ids: ReadonlyMap<string, number>, file: string): void {
  if (merges === undefined) return;
  if (!Array.isArray(merges)) throw invalid(file, 'a list in model.merges expected, got something else');
  for (const [rank, merge] of merges.entries()) {
    const pair: unknown = typeof merge === 'string' ? merge.split(' ') : merge;
    const fits = Array.isArray(pair) && pair.length === 2 && pair.every((token) => ids.has(String(token)));
    if (!fits) {
      throw invalid(
        file,
        `two tokens of the vocabulary expected in merge ${rank}, got ${JSON.stringify(merge).slice(0, 60)}`,
      );
    }
  }
}

function record(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function field(value: unknown, key: string): unknown {
  return (record(value) as Readonly<Record<string, unknown>> | undefined)?.[key];
}

function invalid(file: string, mismatch: string): DataError {
  return new DataError('DATA_INVALID', file, `${mismatch}. Save it again with Tokenizer.save.`);
}

import { createTokenizer, type TextTokenizer, trainTokenizer } from '@bravais/datasets/text';
import { ModelError } from '../model-error';
import type { FittedView, ViewSource } from './view-encoder-kind';

/** Name of the tokenizer among the fitted numbers: the UTF-8 of its JSON, four bytes a number, spaces at the end. */
const TOKENIZER = 'tokenizer';

/** Tokenizers by the numbers that they were read from. */
const opened = new WeakMap<Float32Array | Int32Array, TextTokenizer>();

/**
 * Learns a tokenizer from the texts of the training split.
 *
 * @throws {ModelError} `VIEW_MISSING` where there is no text, or none that is not empty
 */
export function fitTokenizer(
  { view }: Omit<ViewSource, 'fitted'>,
  texts: readonly string[],
  vocabularySize: number,
): FittedView {
  if (texts.every((text) => text === '')) throw withoutText(view);
  const json = new TextEncoder().encode(JSON.stringify(trainTokenizer(texts, { vocabularySize })));
  const padded = new Uint8Array(4 * Math.ceil(json.length / 4)).fill(' '.charCodeAt(0));
  padded.set(json);
  return { [TOKENIZER]: new Int32Array(padded.buffer) };
}

/**
 * The tokenizer that {@link fitTokenizer} learned; the same one each time.
 *
 * @throws {ModelError} `VIEW_MISSING` where none was learned
 */
export function tokenizerOf({ view, fitted }: ViewSource): TextTokenizer {
  const numbers = fitted[TOKENIZER];
  if (numbers === undefined) throw withoutText(view);
  const known = opened.get(numbers);
  if (known) return known;
  const tokenizer = createTokenizer(tokenizerText(numbers), `${view}.${TOKENIZER}`);
  opened.set(numbers, tokenizer);
  return tokenizer;
}

/** The JSON text behind the numbers of a tokenizer, spaces at the end. */
export function tokenizerText(numbers: Float32Array | Int32Array): string {
  return new TextDecoder().decode(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}

function withoutText(view: string): ModelError {
  return new ModelError(
    'VIEW_MISSING',
    `${view}: the training split must hold texts, from which the tokenizer is learned, got none. Take data that has them, or leave it out of model.views.`,
  );
}

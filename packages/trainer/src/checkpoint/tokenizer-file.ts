import type { NamedTensors } from '@bravais/datasets';
import { tokenizerText } from '../model/view-encoders/fitted-tokenizer';
import { CheckpointError } from './checkpoint-error';

/** The tokenizer of a model with a text encoder, in a file that people and other programs can read. */
export const tokenizerFile = 'tokenizer.json';

/** Tokenizers stand among the fitted preprocessing. */
const TOKENIZER = /^preprocessing\.\w+\.tokenizer$/;

/**
 * `tokenizer.json` of a model, in the format of the Hugging Face library `tokenizers`; `undefined` where it has no tokenizer.
 *
 * @throws CheckpointError `STATE` where the model's own is damaged
 */
export function encodeTokenizer(model: NamedTensors, file: string): string | undefined {
  const stored = storedTokenizer(model);
  return stored === undefined ? undefined : `${JSON.stringify(parsed(stored, file), null, 2)}\n`;
}

/**
 * Refuses a `tokenizer.json` that says anything else than the tokenizer in the weights, which is the one that is used.
 *
 * @throws CheckpointError `STATE`
 */
export function checkTokenizer(text: string, model: NamedTensors, file: string): void {
  const stored = storedTokenizer(model);
  const written = JSON.stringify(parsed(text, file));
  if (stored !== undefined && written === JSON.stringify(parsed(stored, file))) return;
  const got = stored === undefined ? 'one beside weights that have none' : 'another';
  throw damaged(file, `the tokenizer that the weights beside it hold`, got);
}

function storedTokenizer(model: NamedTensors): string | undefined {
  const found = [...model].find(([name]) => TOKENIZER.test(name));
  return found && tokenizerText(found[1].data as Int32Array);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(file, 'a tokenizer as JSON', 'text that is not');
  }
}

function damaged(file: string, expected: string, got: string): CheckpointError {
  const message = `${file}: must be ${expected}, got ${got}. The file was cut short or edited; use an older checkpoint.`;
  return new CheckpointError('STATE', message);
}

import { createTokenizer, type TextTokenizer, trainTokenizer } from '@bravais/datasets/text';
import { expect, it } from 'vitest';
import { encodedText } from './encoded-texts';

it('encodes a text once for each tokenizer, to the ids that the tokenizer gives', () => {
  const asked: string[] = [];
  const counting = (): TextTokenizer => {
    const own = createTokenizer(trainTokenizer(['rock salt', 'rock']));
    return {
      ...own,
      encode: (text) => {
        asked.push(text);
        return own.encode(text);
      },
    };
  };
  const [first, second] = [counting(), counting()];
  for (const text of ['rock salt', '', 'rock', 'rock salt', ''])
    expect(encodedText(first, text)).toEqual(second.encode(text));
  expect(asked.filter((text) => text === 'rock salt')).toHaveLength(3);
  expect(asked.filter((text) => text === '')).toHaveLength(3);
  encodedText(second, 'rock salt');
  expect(asked.filter((text) => text === 'rock salt')).toHaveLength(4);
});

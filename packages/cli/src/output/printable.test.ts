import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printable } from './printable';

it('leaves nothing that steers a terminal, and all other text as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/\p{Cc}/u);
      if (!/[\p{Cc}\p{Bidi_Control}]/u.test(text)) expect(shown).toBe(text);
      expect(printable(shown)).toBe(shown);
    }),
  );
});

it('writes each as its number', () => {
  expect(printable('a\n\u001B[31mb\u202Ec ü')).toBe('a\\u000a\\u001b[31mb\\u202ec ü');
});

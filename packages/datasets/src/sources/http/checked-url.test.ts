import { describe, expect, it } from 'vitest';
import { checkedUrl, secretUrl } from './checked-url';
import { displayUrl } from './safe-url';

describe('URLs', () => {
  it.each(['ftp://a.org', 'file:///etc/passwd', 'a.org', '', 'https://user:word@a.org/'])(
    'refuses %j',
    (text) => {
      expect(() => checkedUrl(text)).toThrow(expect.objectContaining({ code: 'FETCH_URL' }));
    },
  );

  it('keeps a key off plain http, but for this machine', () => {
    expect(() => secretUrl(new URL('http://a.org/'))).toThrow(/https expected/);
    expect(secretUrl(new URL('http://127.0.0.1:1/')).port).toBe('1');
  });

  it('are shown without secrets', () => {
    const shown = displayUrl('https://user:word@a.org/x?API_KEY=hush&token=hush&q=1#hush');
    expect(shown).toBe('https://a.org/x?API_KEY=***&token=***&q=1');
  });
});

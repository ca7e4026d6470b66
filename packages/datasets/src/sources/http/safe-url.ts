const SECRET_NAME = /key|token|secret|passw|auth|signature|credential/i;
const SHOWN_LENGTH = 200;

/** A URL as it may be shown and stored: without user and password, values of parameters with secret names as `***`, cut to 200. */
export function displayUrl(url: URL | string): string {
  const parsed = typeof url === 'string' ? parsedUrl(url) : new URL(url);
  if (parsed === undefined) return 'a URL';
  parsed.username = '';
  parsed.password = '';
  parsed.hash = '';
  for (const name of new Set(parsed.searchParams.keys())) {
    if (SECRET_NAME.test(name)) parsed.searchParams.set(name, '***');
  }
  const { href } = parsed;
  return href.length <= SHOWN_LENGTH ? href : `${href.slice(0, SHOWN_LENGTH)}…`;
}

/** The URL that a text is, `undefined` where it is none. */
export function parsedUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** Whether what is sent to this URL stays between us and the server: https, or this machine. */
export function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

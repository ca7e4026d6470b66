import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidate, mesaMajor } from './apt-driver.mjs';
import { backportsOf, formatAptSource, parseAptSources } from './apt-sources.mjs';

const deb822 = `# written by the installer
Types: deb deb-src
# a comment within
URIs: http://mirror.example.org/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://security.example.org/
Suites: bookworm-security
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBGPL
 -----END PGP PUBLIC KEY BLOCK-----

Enabled: no
Types: deb
URIs: http://old.example.org/debian
Suites: bullseye
Components: main
`;

const oneLine = `
deb [arch=amd64,arm64 signed-by=/usr/share/keyrings/a.gpg] http://mirror.example.org/debian bookworm main contrib # the mirror
# deb http://commented.example.org/debian bookworm main
deb-src http://mirror.example.org/debian bookworm main
deb http://flat.example.org/repo ./
`;

describe('parseAptSources', () => {
  it('reads deb822: comments, folded fields, disabled paragraphs', () => {
    const [first, second, ...others] = parseAptSources('debian.sources', deb822);
    expect(first).toEqual({
      types: ['deb', 'deb-src'],
      uris: ['http://mirror.example.org/debian'],
      suites: ['bookworm', 'bookworm-updates'],
      components: ['main', 'contrib'],
      options: { 'signed-by': '/usr/share/keyrings/debian-archive-keyring.gpg' },
    });
    expect(second?.options['signed-by']).toContain('\n .\n mQINBGPL\n');
    expect(others).toEqual([]);
  });

  it('reads the one-line form: options, comments, flat repositories', () => {
    const [binary, source, flat, ...others] = parseAptSources('sources.list', oneLine);
    expect(binary).toEqual({
      types: ['deb'],
      uris: ['http://mirror.example.org/debian'],
      suites: ['bookworm'],
      components: ['main', 'contrib'],
      options: { architectures: 'amd64 arm64', 'signed-by': '/usr/share/keyrings/a.gpg' },
    });
    expect(source?.types).toEqual(['deb-src']);
    expect(flat).toMatchObject({ suites: ['./'], components: [] });
    expect(others).toEqual([]);
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('a.list', 'a.sources'), (text, name) => {
        expect(Array.isArray(parseAptSources(name, text))).toBe(true);
      }),
    );
  });
});

describe('backportsOf', () => {
  it.each([
    ['debian.sources', deb822],
    ['sources.list', oneLine],
  ])('keeps mirror and key of %s', (name, text) => {
    const backports = backportsOf(parseAptSources(name, text), 'bookworm');
    expect(backports).toMatchObject({
      types: ['deb'],
      uris: ['http://mirror.example.org/debian'],
      suites: ['bookworm-backports'],
      components: ['main'],
    });
    expect(backports?.options['signed-by']).toMatch(/^\/usr\/share\/keyrings\//);
  });

  it('finds nothing where no source carries the release', () => {
    const sources = parseAptSources('a.list', 'deb http://example.org/debian bookworm-security main');
    expect(backportsOf(sources, 'bookworm')).toBeUndefined();
  });

  it('is read back as it was written, a key within the field included', () => {
    const [, withKey] = parseAptSources('debian.sources', deb822);
    expect(parseAptSources('x.sources', formatAptSource(withKey!))).toEqual([withKey]);
  });
});

describe('the version that apt offers', () => {
  it('is the candidate', () => {
    const policy =
      'mesa-vulkan-drivers:\n  Installed: (none)\n  Candidate: 22.3.6-1+deb12u1\n  Version table:\n';
    expect(candidate(policy)).toBe('22.3.6-1+deb12u1');
    expect(candidate('')).toBe('(none)');
  });

  it.each([
    ['22.3.6-1+deb12u1', 22],
    ['25.0.7-2~bpo12+1', 25],
    ['1:24.2.8-1ubuntu1', 24],
    ['(none)', 0],
  ])('%s is Mesa %i', (version, major) => {
    expect(mesaMajor(version)).toBe(major);
  });
});

/**
 * One package source of apt.
 *
 * @typedef {object} AptSource
 * @property {string[]} types `deb`, `deb-src`
 * @property {string[]} uris
 * @property {string[]} suites
 * @property {string[]} components
 * @property {Record<string, string>} options remaining deb822 fields, names in lower case, text as written
 */

/** Options of the one-line form and the deb822 fields that mean the same (sources.list(5)). */
const fieldOfOption = { arch: 'architectures', lang: 'languages', target: 'targets' };

/**
 * Reads an apt source file in either of its two forms; disabled sources are left out.
 *
 * @param {string} name file name: `.sources` is deb822, everything else one line a source
 * @param {string} text
 * @returns {AptSource[]}
 */
export function parseAptSources(name, text) {
  return name.endsWith('.sources') ? parseDeb822(text) : text.split('\n').flatMap(parseLine);
}

/**
 * The backports of a Debian release from the mirror that the machine already uses, with that source's key and options.
 *
 * @param {readonly AptSource[]} sources
 * @param {string} codename `bookworm`
 * @returns {AptSource | undefined} nothing where no source carries the release itself
 */
export function backportsOf(sources, codename) {
  const carries = (/** @type {string} */ suite) =>
    sources.find(
      ({ types, suites, components }) =>
        types.includes('deb') && suites.includes(suite) && components.includes('main'),
    );
  const source = carries(codename) ?? carries('stable') ?? carries('oldstable');
  if (source === undefined) return undefined;
  return { ...source, types: ['deb'], suites: [`${codename}-backports`], components: ['main'] };
}

/** @param {AptSource} source @returns {string} a deb822 paragraph */
export function formatAptSource({ types, uris, suites, components, options }) {
  const fields = {
    types: types.join(' '),
    uris: uris.join(' '),
    suites: suites.join(' '),
    components: components.join(' '),
  };
  return Object.entries({ ...fields, ...options })
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

/** @param {string} text @returns {AptSource[]} */
function parseDeb822(text) {
  const paragraphs = withoutComments(text).split(/\n[ \t]*\n/);
  return paragraphs.flatMap((paragraph) => {
    const { types, uris, suites, components, enabled, ...options } = parseFields(paragraph);
    if (!types || !uris || !suites || /^(no|false|off|0)$/i.test(enabled ?? '')) return [];
    return [
      {
        types: words(types),
        uris: words(uris),
        suites: words(suites),
        components: words(components ?? ''),
        options,
      },
    ];
  });
}

/**
 * Fields of one paragraph; a line that begins with a blank continues the field before it.
 *
 * @param {string} paragraph
 */
function parseFields(paragraph) {
  /** @type {Record<string, string>} */
  const fields = {};
  let last = '';
  for (const line of paragraph.split('\n')) {
    const field = /^([^\s:]+):[ \t]*(.*)$/.exec(line);
    if (field) {
      const [, name = '', value = ''] = field;
      last = name.toLowerCase();
      fields[last] = value.trim();
    } else if (last !== '' && /^[ \t]/.test(line)) {
      fields[last] += `\n${line}`;
    }
  }
  return fields;
}

/** `deb [arch=amd64 signed-by=/a.gpg] http://mirror/debian bookworm main` @param {string} line @returns {AptSource[]} */
function parseLine(line) {
  const match = /^\s*(deb|deb-src)\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
  if (!match) return [];
  const [, type = '', options = '', uri = '', suite = '', components = ''] = match;
  return [
    {
      types: [type],
      uris: [uri],
      suites: [suite],
      components: words(components),
      options: parseOptions(options),
    },
  ];
}

/** @param {string} text `arch=amd64,i386 signed-by=/a.gpg` */
function parseOptions(text) {
  const pairs = words(text).map((option) => {
    const [name = '', value = ''] = option.split(/=(.*)/s);
    const field =
      /** @type {Record<string, string>} */ (fieldOfOption)[name.toLowerCase()] ?? name.toLowerCase();
    return [field, value.replaceAll(',', ' ')];
  });
  return Object.fromEntries(pairs);
}

/** @param {string} text */
function withoutComments(text) {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
}

/** @param {string} text */
function words(text) {
  return text.split(/\s+/).filter((word) => word !== '');
}

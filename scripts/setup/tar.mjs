const block = 512;
const regularFile = ['0', '\0'];

/**
 * Reads chosen regular files of a tar archive (ustar) held in memory. Nothing is written, and only names that
 * were asked for are returned, so that a path within the archive cannot lead anywhere.
 *
 * @param {Buffer} archive
 * @param {readonly string[]} wanted full names within the archive
 * @returns {Map<string, Buffer>} every wanted file
 * @throws {Error} where the archive is cut short or damaged, or a wanted file is missing
 */
export function readTar(archive, wanted) {
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  let offset = 0;
  while (offset + block <= archive.length && archive[offset] !== 0) {
    const header = archive.subarray(offset, offset + block);
    checkSum(header, offset);
    const size = octal(header, 124, 12, offset);
    const start = offset + block;
    if (start + size > archive.length) {
      throw new Error(
        `tar: expected ${size} bytes of data at ${start}, got ${archive.length - start}. The download is cut short.`,
      );
    }
    const type = header.toString('latin1', 156, 157);
    const name = entryName(header);
    if (regularFile.includes(type) && wanted.includes(name))
      files.set(name, archive.subarray(start, start + size));
    offset = start + Math.ceil(size / block) * block;
  }
  const missing = wanted.filter((name) => !files.has(name));
  if (missing.length > 0) throw new Error(`tar: expected ${missing.join(', ')}, got an archive without.`);
  return files;
}

/** ustar keeps long paths in two fields, `prefix/name`. @param {Buffer} header */
function entryName(header) {
  const name = text(header, 0, 100);
  const isUstar = text(header, 257, 5) === 'ustar';
  const prefix = isUstar ? text(header, 345, 155) : '';
  return (prefix ? `${prefix}/${name}` : name).replace(/^\.\//, '');
}

/**
 * The header's bytes add up to its own checksum, whose field counts as eight blanks.
 *
 * @param {Buffer} header
 * @param {number} offset
 */
function checkSum(header, offset) {
  let sum = 8 * 0x20;
  for (let i = 0; i < block; i++) if (i < 148 || i >= 156) sum += header.readUInt8(i);
  if (octal(header, 148, 8, offset) !== sum)
    throw new Error(`tar: expected a header at ${offset}, got other data. The download is damaged.`);
}

/**
 * @param {Buffer} header
 * @param {number} at
 * @param {number} length
 * @param {number} offset of the header, for the message
 */
function octal(header, at, length, offset) {
  const digits = text(header, at, length).trim();
  if (!/^[0-7]+$/.test(digits))
    throw new Error(`tar: expected an octal number at ${offset + at}, got "${digits}".`);
  return Number.parseInt(digits, 8);
}

/** @param {Buffer} header @param {number} at @param {number} length */
function text(header, at, length) {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('latin1', 0, end < 0 ? length : end);
}

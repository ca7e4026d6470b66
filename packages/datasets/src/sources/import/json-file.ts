import { openFile } from '../../formats/node/read-structures';
import { zipError } from '../archive/zip-entry';
import { ZipFile } from '../archive/zip-file';
import { type JsonMember, jsonMembers } from '../json/json-members';

const MAX_BYTES = 16 * 2 ** 30;

/**
 * The parts of a JSON file, of one in gzip, or of the one in a zip archive, see {@link jsonMembers}.
 *
 * @throws FormatError, DataError
 */
export async function* jsonFileMembers(path: string): AsyncGenerator<JsonMember, void, undefined> {
  if (!/\.zip$/i.test(path)) {
    yield* jsonMembers(openFile(path), { file: path, maxBytes: MAX_BYTES });
    return;
  }
  const zip = await ZipFile.open(path, { maxTotalBytes: MAX_BYTES });
  try {
    const found = zip.entries.filter(({ name }) => /\.json$/i.test(name) && !name.startsWith('__MACOSX/'));
    const [entry] = found;
    if (entry === undefined || found.length > 1) {
      throw zipError('DATA_INVALID', path, 'one .json file in the archive expected', `${found.length}`);
    }
    yield* jsonMembers(zip.stream(entry), { file: `${path}:${entry.name}`, maxBytes: MAX_BYTES });
  } finally {
    await zip.close();
  }
}

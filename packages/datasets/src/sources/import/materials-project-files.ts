import { openFile } from '../../formats/node/read-structures';
import { unpackedBytes } from '../../formats/text/text-chunks';
import { isObject } from '../json/json-object';
import { parseJsonText } from '../json/parse-json';
import { chargeDensityDocument, dosDocument } from '../materials-project/open-data';
import { refusedRecord, type SourceRecord } from '../source-record';
import { filesBelow } from './files-below';
import type { ImportKind } from './import-kind';
import { recordName } from './record-name';

const MAX_BYTES = 400 * 2 ** 20;

/** Documents of the open-data bucket of the Materials Project (`dos/*.json.gz`, `chgcars/*.json.gz`), one file or a folder. */
export const materialsProjectFiles: ImportKind = {
  summary: 'DOS and CHGCAR documents of the open-data bucket of the Materials Project',
  title: 'Materials Project, parsed calculations',
  licence: 'cc-by-4.0',
  citations: ['Jain et al., APL Materials 1, 011002 (2013), doi:10.1063/1.4812323'],
  async *read(path) {
    for await (const file of filesBelow(path, /\.json(\.gz)?$/i)) {
      const id = recordName(file);
      try {
        const bytes = await unpackedBytes(openFile(file), { file, maxBytes: MAX_BYTES });
        yield { record: recordOf(parseJsonText(new TextDecoder().decode(bytes), file), id) };
      } catch (error) {
        yield { refused: refusedRecord(id, error) };
      }
    }
  },
};

function recordOf(document: unknown, id: string): SourceRecord {
  const data =
    isObject(document) && isObject(document.data) && !Object.hasOwn(document, 'poscar')
      ? document.data
      : document;
  const isDensity = isObject(data) && Object.hasOwn(data, 'poscar');
  return isDensity ? chargeDensityDocument(document, id) : dosDocument(document, id);
}

import { readFileBytes } from '../../readers/read-file-bytes';
import { type JcampSpectrum, readJcamp } from '../jcamp/read-jcamp';
import { refusedRecord, type SourceRecord } from '../source-record';
import { filesBelow } from './files-below';
import type { ImportKind } from './import-kind';
import { recordName } from './record-name';

const MAX_BYTES = 256 * 2 ** 20;

/** JCAMP-DX spectra, as downloaded by hand from the NIST Chemistry WebBook: arrays `spectrumX`, `spectrumY`, units as texts. */
export const jcampFiles: ImportKind = {
  summary: 'JCAMP-DX spectra (.jdx, .dx), one file or a folder',
  title: 'Spectra from JCAMP-DX files',
  licence: 'unknown',
  citations: [
    'Linstrom and Mallard (eds.), NIST Chemistry WebBook, NIST Standard Reference Database 69, doi:10.18434/T4D303',
  ],
  async *read(path) {
    for await (const file of filesBelow(path, /\.(jdx|dx|jcm|jcamp)(\.gz)?$/i)) {
      const name = recordName(file);
      try {
        const spectra = readJcamp(await readFileBytes(file, MAX_BYTES), { file, maxBytes: MAX_BYTES });
        for (const [k, spectrum] of spectra.entries()) {
          yield { record: spectrumRecord(spectrum, spectra.length === 1 ? name : `${name}:${k + 1}`) };
        }
      } catch (error) {
        yield { refused: refusedRecord(name, error) };
      }
    }
  },
};

function spectrumRecord(
  { title, dataType, xUnits, yUnits, x, y, labels }: JcampSpectrum,
  id: string,
): SourceRecord {
  const { MOLFORM: formula, CASREGISTRYNO: cas, STATE: state, ORIGIN: origin } = labels;
  const words = { title, dataType, xUnits, yUnits, cas, state, origin };
  const texts = Object.entries(words).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return {
    id,
    ...(formula ? { formula: formula.replace(/\s+/g, '') } : {}),
    scalars: {},
    texts: Object.fromEntries(texts),
    arrays: { spectrumX: { shape: [x.length], data: x }, spectrumY: { shape: [y.length], data: y } },
  };
}

import type { MaterialRecord } from '../material-record';
import { JARVIS_SPLITS, jarvisMaterialsFile, readPhononSpectra } from './jarvis-phdos';
import { readJsonLines } from './json-lines';
import { numericFields, objectField, stringField, wordField } from './record-fields';

/** A phonon spectrum of the JARVIS set, with or without a known crystal. */
export interface JarvisSpectrum extends Omit<MaterialRecord, 'formula' | 'structure'> {
  /** Where it could be found (10,507 of them). */
  readonly formula?: string;
}

/**
 * All 14,243 JARVIS phonon densities of states of the official split (11,395 / 1,424 / 1,424), from `<root>/jarvis-phdos`; without
 * structures, which {@link readJarvisPhdos} joins where they are known.
 *
 * @param root folder that holds `jarvis-phdos/`
 * @throws DataError
 */
export async function readJarvisSpectra(root: string): Promise<JarvisSpectrum[]> {
  const spectrumOf = await readPhononSpectra(root);
  const found: JarvisSpectrum[] = [];
  for await (const line of readJsonLines(jarvisMaterialsFile(root))) {
    found.push({
      id: stringField(line, 'jid'),
      split: wordField(line, 'split', JARVIS_SPLITS),
      ...(line.value.formula === undefined ? {} : { formula: stringField(line, 'formula') }),
      views: { phononDos: spectrumOf(line) },
      scalars: { ...numericFields(objectField(line, 'p')), ...numericFields(line, ['Tc']) },
    });
  }
  return found;
}

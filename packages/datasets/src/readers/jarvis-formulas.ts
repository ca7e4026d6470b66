import type { MaterialRecord } from '../material-record';
import {
  belongsTo,
  JARVIS_SPLITS,
  type JarvisPhdosOptions,
  jarvisMaterialsFile,
  mpIdsOf,
  readPhononSpectra,
} from './jarvis-phdos';
import { readJsonLines } from './json-lines';
import { numericFields, objectField, stringField, wordField } from './record-fields';

/**
 * Training spectra of the JARVIS phonon set of which the formula is known and no structure that its tier would trust: what
 * `readJarvisPhdos` of the same options leaves out, 5,789 beside tier A, without a structure.
 *
 * A formula that a validation or test material of the tier has is left out whatever its polymorph. Order: row of the source.
 *
 * @param root folder that holds `jarvis-phdos/`, and `mp-crystals/` where `exceptMp` names parts of it
 * @throws DataError
 */
export async function readJarvisFormulas(
  root: string,
  { tier, exceptMp = [] }: Pick<JarvisPhdosOptions, 'tier' | 'exceptMp'>,
): Promise<MaterialRecord[]> {
  const left = await mpIdsOf(root, exceptMp);
  const spectrumOf = await readPhononSpectra(root);
  const heldOut = new Set<string>();
  const found: MaterialRecord[] = [];
  for await (const line of readJsonLines(jarvisMaterialsFile(root))) {
    if (line.value.formula === undefined) continue;
    const formula = stringField(line, 'formula');
    const split = wordField(line, 'split', JARVIS_SPLITS);
    if (split !== 'train') {
      if (belongsTo(line, tier)) heldOut.add(formula);
    } else if (!belongsTo(line, tier) && !left.has(String(line.value.mp_id))) {
      found.push({
        id: stringField(line, 'jid'),
        formula,
        split,
        views: { phononDos: spectrumOf(line) },
        scalars: { ...numericFields(objectField(line, 'p')), ...numericFields(line, ['Tc']) },
      });
    }
  }
  return found.filter(({ formula }) => !heldOut.has(formula));
}

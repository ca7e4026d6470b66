import type { MaterialRecord } from '@bravais/datasets';
import { SPECTRUM_BOX, spectrumPath } from './spectrum-path';
import { structurePicture } from './structure-picture';
import { elementColor, structureSvg } from './structure-svg';

/** The density of states that is drawn of a material: the phonon's, else the electronic one. */
export function drawnSpectrum({ views }: MaterialRecord): Float32Array | undefined {
  return views.phononDos ?? views.electronicDos;
}

/** Every structure and spectrum once, for `<use href="#s…">` and `<use href="#d…">` with the place of the material. */
export function pictureSymbols(records: readonly MaterialRecord[]): string {
  const symbols = records.flatMap((record, place) => {
    const { structure } = record;
    const spectrum = drawnSpectrum(record);
    return [
      ...(structure
        ? [
            `<symbol id="s${place}" viewBox="-3 -3 106 106">${structureSvg(structurePicture(structure), (site) => elementColor(structure.atomicNumbers[site]!))}</symbol>`,
          ]
        : []),
      ...(spectrum
        ? [
            `<symbol id="d${place}" viewBox="0 0 ${SPECTRUM_BOX.join(' ')}" preserveAspectRatio="none"><path d="${spectrumPath(spectrum)}"/></symbol>`,
          ]
        : []),
    ];
  });
  return `<svg class="symbols" aria-hidden="true"><defs>${symbols.join('')}</defs></svg>`;
}

/** A picture of a structure by its symbol, with a name for those who do not see it. */
export function structureUse(place: number, label: string): string {
  return `<svg class="structure" viewBox="0 0 100 100" role="img" aria-label="${label}"><use href="#s${place}"/></svg>`;
}

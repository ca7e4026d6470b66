import type { DataConfig } from '@bravais/trainer';

const LABELS: Readonly<Record<string, string>> = {
  structure: 'crystal structure',
  phononDos: 'phonon DOS',
  electronicDos: 'electronic DOS',
  chargeDensity: 'charge density',
  text: 'text',
  densityGrid: 'charge density grid',
  diffraction: 'simulated diffraction',
  description: 'description',
  image: 'image',
};

/** Views of the embedded reference set that come from a model of this package and not from a first-principles calculation. */
const SIMULATED: ReadonlySet<string> = new Set(['phononDos', 'electronicDos', 'densityGrid', 'image']);

/**
 * A modality as a reader calls it. Views of the embedded reference set come from simple models, such as masses and springs, and their label
 * says so.
 *
 * @param modality name as in reports, `phononDos`
 */
export function modalityLabel(modality: string, source: DataConfig['source']): string {
  const label = LABELS[modality] ?? modality;
  return SIMULATED.has(modality) && source === 'reference' ? `simulated ${label}` : label;
}

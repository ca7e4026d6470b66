import type { DataConfig } from '@bravais/trainer';

const LABELS: Readonly<Record<string, string>> = {
  structure: 'crystal structure',
  phononDos: 'phonon DOS',
  electronicDos: 'electronic DOS',
  chargeDensity: 'charge density',
  text: 'text',
};

/**
 * A modality as a reader calls it. Spectra of the embedded reference set come from a mass-and-spring model, and their label says so.
 *
 * @param modality name as in reports, `phononDos`
 */
export function modalityLabel(modality: string, source: DataConfig['source']): string {
  const label = LABELS[modality] ?? modality;
  return modality === 'phononDos' && source === 'reference' ? `simulated ${label}` : label;
}

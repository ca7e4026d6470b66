import type { TargetConfig } from './target-kinds';

/** Units of scalars by the names that the sources give them; what has none is not here. */
const UNITS: Readonly<Record<string, string>> = {
  e_form: 'eV/atom',
  gap: 'eV',
  rho: 'g/cm³',
  formation_energy_peratom: 'eV/atom',
  ehull: 'eV/atom',
  optb88vdw_bandgap: 'eV',
  mbj_bandgap: 'eV',
  bulk_modulus_kv: 'GPa',
  shear_modulus_gv: 'GPa',
  ph_heat_capacity: 'J/(mol K)',
  Tc: 'K',
  bandGapEv: 'eV',
  bulkModulusGPa: 'GPa',
  vickersHardnessGPa: 'GPa',
  vickersHardnessChenGPa: 'GPa',
  vickersHardnessTianGPa: 'GPa',
  densityGramPerCm3: 'g/cm³',
  volumePerAtomAngstrom3: 'Å³',
  conductivitySPerCm: 'S/cm',
};

/** Unit of a target's predictions; empty where it has none or none is known. */
export function unitOf(config: TargetConfig): string {
  if (config.kind === 'classification') return '';
  return config.unit ?? UNITS[config.property] ?? '';
}

/** Unit of a target's errors: `log10(S/cm)` where the head learns a logarithm. */
export function errorUnitOf(config: TargetConfig): string {
  const unit = unitOf(config);
  if (config.kind === 'classification' || config.transform === 'none') return unit;
  return unit === '' ? 'log10' : `log10(${unit})`;
}

/** A database behind OPTIMADE. */
export interface OptimadePreset {
  /** Without `/v1`. */
  readonly baseUrl: string;
  readonly title: string;
  /** SPDX or Hugging Face identifier; `unknown` where this package does not know it. */
  readonly licence: string;
  readonly citations: readonly string[];
  /** Scalars of the record ← properties of the database; a path into an object is written with dots. */
  readonly properties: Readonly<Record<string, string>>;
}

const OPTIMADE_PAPER = 'Andersen et al., Scientific Data 8, 217 (2021), doi:10.1038/s41597-021-00974-z';

function preset(
  baseUrl: string,
  title: string,
  licence: string,
  citation: string | undefined,
  properties: Readonly<Record<string, string>> = {},
): OptimadePreset {
  const citations = citation === undefined ? [OPTIMADE_PAPER] : [citation, OPTIMADE_PAPER];
  return { baseUrl, title, licence, citations, properties };
}

/**
 * Databases by the name that the providers list of OPTIMADE gives them. Addresses and property names can change: ask for the list with
 * {@link optimadeLinks}, and map properties yourself where these are wrong.
 */
export const OPTIMADE_PRESETS: Readonly<Record<string, OptimadePreset>> = {
  mp: preset(
    'https://optimade.materialsproject.org',
    'Materials Project',
    'cc-by-4.0',
    'Jain et al., APL Materials 1, 011002 (2013), doi:10.1063/1.4812323',
  ),
  oqmd: preset(
    'https://oqmd.org/optimade',
    'Open Quantum Materials Database',
    'cc-by-4.0',
    'Kirklin et al., npj Computational Materials 1, 15010 (2015), doi:10.1038/npjcompumats.2015.10',
    {
      bandGapEv: '_oqmd_band_gap',
      formationEnergyEvPerAtom: '_oqmd_delta_e',
      energyAboveHullEvPerAtom: '_oqmd_stability',
    },
  ),
  cod: preset(
    'https://www.crystallography.net/cod/optimade',
    'Crystallography Open Database',
    'cc0-1.0',
    'Gražulis et al., Journal of Applied Crystallography 42, 726 (2009), doi:10.1107/S0021889809016690',
  ),
  tcod: preset(
    'https://www.crystallography.net/tcod/optimade',
    'Theoretical Crystallography Open Database',
    'cc0-1.0',
    'Merkys et al., Journal of Cheminformatics 9, 56 (2017), doi:10.1186/s13321-017-0242-y',
  ),
  jarvis: preset(
    'https://jarvis.nist.gov/optimade/jarvisdft',
    'JARVIS-DFT',
    'other',
    'Choudhary et al., npj Computational Materials 6, 173 (2020), doi:10.1038/s41524-020-00440-1',
    {
      bandGapEv: '_jarvis_optb88vdw_bandgap',
      formationEnergyEvPerAtom: '_jarvis_formation_energy_peratom',
    },
  ),
  alexandria: preset(
    'https://alexandria.icams.rub.de/pbe',
    'Alexandria (PBE)',
    'cc-by-4.0',
    'Schmidt et al., Advanced Materials 35, 2210788 (2023), doi:10.1002/adma.202210788',
    {
      bandGapEv: '_alexandria_band_gap',
      formationEnergyEvPerAtom: '_alexandria_formation_energy_per_atom',
      energyAboveHullEvPerAtom: '_alexandria_hull_distance',
    },
  ),
  'alexandria.pbesol': preset(
    'https://alexandria.icams.rub.de/pbesol',
    'Alexandria (PBEsol)',
    'cc-by-4.0',
    'Schmidt et al., Advanced Materials 35, 2210788 (2023), doi:10.1002/adma.202210788',
  ),
  nmd: preset('https://nomad-lab.eu/prod/rae/optimade', 'NOMAD', 'cc-by-4.0', undefined),
  odbx: preset('https://optimade.odbx.science', 'Open Database of Xtals', 'unknown', undefined),
  'mcloud.mc3d': preset(
    'https://aiida.materialscloud.org/mc3d/optimade',
    'Materials Cloud MC3D',
    'cc-by-4.0',
    undefined,
  ),
  aflow: preset('https://aflow.org/API/optimade', 'AFLOW', 'unknown', undefined),
};

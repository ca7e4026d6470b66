/** Data names that say something about the crystal, in canonical form; all others are read over. */
const KEPT: readonly RegExp[] = [
  /^_cell_(length_[abc]|angle_(alpha|beta|gamma)|volume|formula_units_z|modulation_dimension|wave_vector_x)$/,
  /^_atom_site_(label|type_symbol|fract_[xyz]|cartn_x|occupancy|calc_flag|attached_hydrogens)$/,
  /^_atom_site_(u_iso_or_equiv|b_iso_or_equiv|moment_label|moment_crystalaxis_x)$/,
  /^_chemical_formula_sum$/,
  /^_(space_group|symmetry)_(name_|symop_|equiv_pos_as_xyz|it_number|int_tables_number|crystal_system|cell_setting|space_group_name_|magn_)/,
];

/** Whether values of this canonical data name are wanted by the structure reader. */
export function isStructuralName(name: string): boolean {
  return KEPT.some((pattern) => pattern.test(name));
}

/** Operations as coordinate triplets. */
export const OPERATION_NAMES: readonly string[] = [
  '_symmetry_equiv_pos_as_xyz',
  '_space_group_symop_operation_xyz',
];
/** Operations and centrings of magnetic structures, `x,y,z,+1`. */
export const MAGNETIC_OPERATION_NAME = '_space_group_symop_magn_operation_xyz' as const;
export const MAGNETIC_CENTERING_NAME = '_space_group_symop_magn_centering_xyz' as const;
export const HALL_NAMES: readonly string[] = ['_space_group_name_hall', '_symmetry_space_group_name_hall'];
export const HERMANN_MAUGUIN_NAMES: readonly string[] = [
  '_space_group_name_h-m_alt',
  '_symmetry_space_group_name_h-m',
  '_space_group_name_h-m_full',
  '_space_group_name_h-m_ref',
  '_space_group_name_h-m',
  '_symmetry_space_group_name_h_m',
];
export const NUMBER_NAMES: readonly string[] = ['_space_group_it_number', '_symmetry_int_tables_number'];
export const SYSTEM_NAMES: readonly string[] = ['_space_group_crystal_system', '_symmetry_cell_setting'];

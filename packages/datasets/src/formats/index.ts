export { readCif } from './cif/read-cif';
export { writeCif } from './cif/write-cif';
export type {
  DensityOfStates,
  DosReadOptions,
  DosSpin,
  ProjectedDos,
  ProjectionSpin,
} from './dos/density-of-states';
export { projectedRow } from './dos/density-of-states';
export { readDoscar } from './dos/read-doscar';
export { type ExtxyzReadOptions, readExtxyz } from './extxyz/read-extxyz';
export { writeExtxyz } from './extxyz/write-extxyz';
export { type FilePlace, FormatError, type Mismatch } from './format-error';
export type { NamedStructure, StructureFile, StructureReadOptions } from './named-structure';
export { type ParseStructuresOptions, parseStructures } from './parse-structures';
export { type PoscarReadOptions, readPoscar } from './poscar/read-poscar';
export { writePoscar } from './poscar/write-poscar';
export { readPymatgenJson } from './pymatgen/read-pymatgen-json';
export { type PymatgenSite, type PymatgenStructure, toPymatgenDict } from './pymatgen/write-pymatgen-json';
export type { FailedStructure, StreamedStructure } from './streamed-structure';
export { type FileFormat, formatOfName } from './structure-format';
export type { ByteSource } from './text/text-chunks';
export { readVasprun } from './vasprun/read-vasprun';
export type { VaspRun, VasprunReadOptions } from './vasprun/vasp-run';
export type {
  ChargeDensity,
  GridField,
  LocalPotential,
  VolumetricReadOptions,
} from './volumetric/grid-field';
export { readChgcar } from './volumetric/read-chgcar';
export { readCube } from './volumetric/read-cube';
export { readLocpot } from './volumetric/read-locpot';

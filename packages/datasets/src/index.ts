export { DataError, type DataErrorCode } from './data-error';
export * from './elements/index';
export * from './formats/index';
export * from './lattice-dynamics/index';
export { type MaterialRecord, type MaterialSpectra, PHONON_DOS_BINS, type Split } from './material-record';
export * from './structure/index';

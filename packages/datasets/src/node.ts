export { openFile, readStructures } from './formats/node/read-structures';
export { type FileLine, fileLines, type LineLimits } from './readers/file-lines';
export { type JarvisPhdosOptions, type JarvisTier, readJarvisPhdos } from './readers/jarvis-phdos';
export { type JsonLine, readJsonLines } from './readers/json-lines';
export { type MpCrystalsOptions, readMpCrystals } from './readers/mp-crystals';
export { type MultimatSampleOptions, readMultimatSample } from './readers/multimat-sample';
export { type NpyArray, type NpyDtype, type NpyLimits, parseNpy, readNpy } from './readers/npy';
export * from './sources/node';

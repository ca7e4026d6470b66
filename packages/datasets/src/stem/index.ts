export { simulateStem } from './simulate-stem';
export { StemError, type StemErrorCode } from './stem-error';
export {
  STEM_DEFECTS,
  type StemDefect,
  type StemDefectPosition,
  type StemImage,
  stemGrey,
} from './stem-image';
export type { StemOptions } from './stem-options';

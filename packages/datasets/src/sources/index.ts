export { type JcampReadOptions, type JcampSpectrum, readJcamp } from './jcamp/read-jcamp';

export type { ZipEntry, ZipLimits } from './archive/zip-entry';
export { ZipFile } from './archive/zip-file';
export { type FetchSetOptions, fetchSet } from './fetch/fetch-set';
export type { PageSource, SourcePage } from './fetch/page-source';
export type { Clock } from './http/clock';
export { FetchError, type FetchErrorCode } from './http/fetch-error';
export { HttpClient, type HttpClientOptions, type HttpRequest } from './http/http-client';
export { jsonRequest } from './http/json-request';
export type { ImportKind } from './import/import-kind';
export { IMPORT_KINDS } from './import/import-kinds';
export { type ImportOptions, importSet } from './import/import-set';
export { fetchMaterialsProjectChargeDensity } from './materials-project/fetch-charge-density';
export {
  fetchMaterialsProjectDos,
  type MaterialsProjectBucketOptions,
} from './materials-project/fetch-dos';
export { type MaterialsProjectQuery, materialsProjectSource } from './materials-project/summary-source';
export { OPTIMADE_PRESETS, type OptimadePreset } from './optimade/optimade-presets';
export { OPTIMADE_PROVIDERS_URL, type OptimadeLink, optimadeLinks } from './optimade/optimade-providers';
export { type OptimadeQuery, optimadeSource } from './optimade/optimade-source';
export { type ElementType, PickleTensor, type PickleValue } from './pickle/pickle-value';
export { readTorchFile, type TorchFileLimits } from './pickle/read-torch-file';
export type { RefusedRecord, SourceArray, SourceItem, SourceRecord } from './source-record';
export { describeSet, type NumberRange, type SetDescription } from './store/describe-set';
export { type ListedSet, listSets } from './store/list-sets';
export { readSet } from './store/read-set';
export type { RecordStore } from './store/record-store';
export { readManifest, type SetManifest, type SetOrigin } from './store/set-manifest';
export { type SetItem, type SetMaterial, setMaterials, setViewOptions } from './store/set-materials';

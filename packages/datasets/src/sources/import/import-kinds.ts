import { cifFolder } from './cif-folder';
import type { ImportKind } from './import-kind';
import { jarvisFile } from './jarvis-file';
import { jcampFiles } from './jcamp-files';
import { matbenchFile } from './matbench-file';
import { materialsProjectFiles } from './materials-project-files';
import { multimatFiles } from './multimat-files';
import { propertyTable } from './property-table';
import { synthesisFile } from './synthesis-file';

/** Every kind of file that `bravais data import` reads, by name. */
export const IMPORT_KINDS: Readonly<Record<string, ImportKind>> = {
  cif: cifFolder,
  jarvis: jarvisFile,
  matbench: matbenchFile,
  synthesis: synthesisFile,
  jcamp: jcampFiles,
  table: propertyTable,
  multimat: multimatFiles,
  'materials-project': materialsProjectFiles,
};

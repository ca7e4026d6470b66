import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { DataError } from '../data-error';
import { type DecodeOptions, decodeImage } from '../images/decode-image';
import type { LabelledImage } from '../images/labelled-image';
import { fileError } from './file-error';
import { imageLabels } from './image-labels';
import { readFileBytes } from './read-file-bytes';

/** Options of {@link readImageFolder}. */
export interface ImageFolderOptions extends DecodeOptions {
  /** CSV with the columns `file` and `label` (and `split`, if any), relative to the folder; sub-folder names are labels without it. */
  readonly labels?: string;
  /** Bytes of one file; 512 MiB by default. */
  readonly maxFileBytes?: number;
}

const DEFAULT_MAX_FILE_BYTES = 2 ** 29;
const MAX_FILES = 1_000_000;
const EXTENSIONS = /\.(png|jpe?g|tiff?)$/i;

/**
 * The images of a folder with their labels, one at a time in order of their paths: `<folder>/<label>/**` or, with a CSV, any below the
 * folder that it names.
 *
 * Links are not followed; files of other kinds are passed over.
 *
 * @throws DataError `DATA_NOT_FOUND`, `DATA_INVALID` (no image, an image beside the sub-folders, a line of the CSV that does not fit or leads out of
 * the folder), and what {@link decodeImage} throws, naming the file
 * @example
 * ```ts no-run
 * for await (const { id, image, label } of readImageFolder('micrographs')) console.log(id, label, image.width);
 * ```
 */
export async function* readImageFolder(
  folder: string,
  options: ImageFolderOptions = {},
): AsyncGenerator<LabelledImage, void, undefined> {
  const { labels, maxFileBytes = DEFAULT_MAX_FILE_BYTES } = options;
  const entries =
    labels === undefined ? await labelledBySubfolder(folder) : await imageLabels(folder, labels);
  if (entries.length === 0) {
    throw new DataError(
      'DATA_INVALID',
      folder,
      'PNG, JPEG or TIFF images expected, got none. Put them into one sub-folder for each label.',
    );
  }
  for (const { id, label, split } of entries) {
    const path = join(folder, id);
    const image = await decodeImage(await readFileBytes(path, maxFileBytes), path, options);
    yield { id, image, label, split };
  }
}

async function labelledBySubfolder(
  folder: string,
): Promise<{ id: string; label: string; split: string | null }[]> {
  const found = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
    throw fileError(error, folder, folder);
  });
  if (found.length > MAX_FILES) {
    throw new DataError(
      'DATA_TOO_LARGE',
      folder,
      `at most ${MAX_FILES} files expected, got ${found.length}. Split the folder.`,
    );
  }
  return found
    .filter((entry) => entry.isFile() && EXTENSIONS.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((id) => {
      const [label, ...rest] = id.split('/');
      if (rest.length > 0) return { id, label: label!, split: null };
      throw new DataError(
        'DATA_INVALID',
        join(folder, id),
        'images in sub-folders named after their labels expected, got one beside them. Move it, or give a CSV of labels.',
      );
    });
}

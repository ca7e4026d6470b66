import { cutShort, imageFailure } from '../image-failure';

type TiffTagName =
  | 'width'
  | 'height'
  | 'bitsPerSample'
  | 'compression'
  | 'photometric'
  | 'fillOrder'
  | 'stripOffsets'
  | 'orientation'
  | 'samplesPerPixel'
  | 'rowsPerStrip'
  | 'stripByteCounts'
  | 'planar'
  | 'predictor'
  | 'colorMap'
  | 'tileWidth'
  | 'tileHeight'
  | 'tileOffsets'
  | 'tileByteCounts'
  | 'extraSamples'
  | 'sampleFormat';

/** Numbers of the tags that say how pixels are stored (TIFF 6.0). */
export const TIFF_TAG: Readonly<Record<TiffTagName, number>> = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planar: 284,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
};

/** One page of a TIFF: its entries by tag, none of their values read yet. */
export interface TiffDirectory {
  /** Place in the file of the twelve bytes of each entry. */
  readonly entries: ReadonlyMap<number, number>;
}

/** Bytes of a value of type SHORT and LONG, the types of every tag above; BYTE for completeness. */
const TYPE_BYTES = new Map([
  [1, 1],
  [3, 2],
  [4, 4],
]);
/** Pages of a stack; each is a few bytes, and a chain may not be endless. */
const MAX_PAGES = 100_000;

/** A TIFF file in memory: values by tag, every length checked against the file. */
export class TiffFile {
  readonly view: DataView;
  readonly littleEndian: boolean;
  readonly pages: readonly TiffDirectory[];
  readonly #file: string;

  /** @throws FormatError `DATA_TRUNCATED`, `DATA_CORRUPT` (a chain of pages that turns back), `DATA_TOO_LARGE` (100,000 pages) */
  constructor(bytes: Uint8Array, file: string) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.littleEndian = bytes[0] === 0x49;
    this.#file = file;
    this.pages = this.#readPages();
  }

  /** Values of a tag, null where the page does not have it. */
  values(page: TiffDirectory, tag: number): number[] | null {
    const entry = page.entries.get(tag);
    if (entry === undefined) return null;
    const type = this.view.getUint16(entry + 2, this.littleEndian);
    const count = this.view.getUint32(entry + 4, this.littleEndian);
    const size = TYPE_BYTES.get(type);
    if (size === undefined) {
      throw imageFailure(
        'DATA_CORRUPT',
        this.#file,
        `whole numbers in TIFF tag ${tag} expected`,
        `values of type ${type}`,
        'Export the image again.',
      );
    }
    const at = size * count <= 4 ? entry + 8 : this.view.getUint32(entry + 8, this.littleEndian);
    this.#require(at, size * count);
    return Array.from({ length: count }, (_, i) => {
      if (size === 1) return this.view.getUint8(at + i);
      return size === 2
        ? this.view.getUint16(at + 2 * i, this.littleEndian)
        : this.view.getUint32(at + 4 * i, this.littleEndian);
    });
  }

  /** The one value of a tag, or `otherwise` (what TIFF 6.0 says where the tag is absent); refused where there is neither. */
  value(page: TiffDirectory, tag: number, otherwise?: number): number {
    const found = this.values(page, tag)?.[0] ?? otherwise;
    if (found !== undefined) return found;
    throw imageFailure(
      'DATA_CORRUPT',
      this.#file,
      `TIFF tag ${tag} expected`,
      'none',
      'Export the image again.',
    );
  }

  #readPages(): TiffDirectory[] {
    const pages: TiffDirectory[] = [];
    const seen = new Set<number>();
    this.#require(4, 4);
    for (let at = this.view.getUint32(4, this.littleEndian); at !== 0; ) {
      if (seen.has(at)) {
        throw imageFailure(
          'DATA_CORRUPT',
          this.#file,
          'pages one after the other expected',
          `one at byte ${at} that follows itself`,
          'Export the image again.',
        );
      }
      if (pages.length === MAX_PAGES) {
        throw imageFailure(
          'DATA_TOO_LARGE',
          this.#file,
          `a TIFF of at most ${MAX_PAGES} pages expected`,
          'more',
          'Split the stack.',
        );
      }
      seen.add(at);
      this.#require(at, 2);
      const count = this.view.getUint16(at, this.littleEndian);
      this.#require(at + 2, 12 * count + 4);
      const entries = new Map<number, number>();
      for (let i = 0; i < count; i++) {
        const entry = at + 2 + 12 * i;
        entries.set(this.view.getUint16(entry, this.littleEndian), entry);
      }
      pages.push({ entries });
      at = this.view.getUint32(at + 2 + 12 * count, this.littleEndian);
    }
    if (pages.length === 0) {
      throw imageFailure(
        'DATA_CORRUPT',
        this.#file,
        'a TIFF of at least one page expected',
        'none',
        'Export the image again.',
      );
    }
    return pages;
  }

  #require(at: number, length: number): void {
    if (at + length <= this.view.byteLength) return;
    throw cutShort(this.#file, 'TIFF', `${this.view.byteLength} bytes where ${at + length} are referred to`);
  }
}

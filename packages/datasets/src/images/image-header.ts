/** Formats that are read. */
export type ImageFormat = 'png' | 'jpeg' | 'tiff';

/** What the first bytes of an image say, before any pixel is decoded. */
export interface ImageHeader {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
  /** 1 grey or palette, 2 grey and alpha, 3 colour, 4 colour and alpha (in JPEG: four inks). */
  readonly channels: number;
  readonly bitsPerChannel: number;
  /** Images in the file: above 1 only in TIFF. */
  readonly pages: number;
}

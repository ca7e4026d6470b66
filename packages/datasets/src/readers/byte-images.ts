import { DataError } from '../data-error';
import type { GreyImage } from '../images/grey-image';
import type { JsonLine } from './json-lines';
import { readNpy } from './npy';

/** Image number n of a stack of bytes [images, height, width], values divided by `white`; `line` is what asks for it. */
export async function byteImages(
  path: string,
  white = 255,
): Promise<(index: number, line: JsonLine) => GreyImage> {
  const { data, shape } = await readNpy(path);
  const [count, height, width, ...rest] = shape;
  if (!(data instanceof Uint8Array) || width === undefined || rest.length > 0) {
    throw new DataError(
      'DATA_INVALID',
      path,
      `bytes [images, height, width] expected, got shape [${shape.join(', ')}]. Use files of one release.`,
    );
  }
  const size = height! * width;
  return (index, line) => {
    if (index >= count!) {
      throw new DataError(
        'DATA_INVALID',
        line.where,
        `an image from 0 to ${count! - 1} of ${path} expected, got ${index}. Use files of one release.`,
      );
    }
    const bytes = data.subarray(index * size, (index + 1) * size);
    return { width, height: height!, values: Float32Array.from(bytes, (byte) => byte / white) };
  };
}

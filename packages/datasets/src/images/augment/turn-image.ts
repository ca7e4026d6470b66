import type { GreyImage } from '../grey-image';
import { mirroredIndex } from '../mirrored-index';

/** Left and right (`horizontal`) or top and bottom (`vertical`) exchanged. */
export function flipImage(image: GreyImage, direction: 'horizontal' | 'vertical'): GreyImage {
  const { width, height } = image;
  return drawn(width, height, (x, y) =>
    direction === 'horizontal' ? at(image, width - 1 - x, y) : at(image, x, height - 1 - y),
  );
}

/** Turned anticlockwise by 90° `turns` times, exactly; any whole number. */
export function quarterTurnImage(image: GreyImage, turns: number): GreyImage {
  const { width, height } = image;
  switch (((turns % 4) + 4) % 4) {
    case 1:
      return drawn(height, width, (x, y) => at(image, width - 1 - y, x));
    case 2:
      return drawn(width, height, (x, y) => at(image, width - 1 - x, height - 1 - y));
    case 3:
      return drawn(height, width, (x, y) => at(image, y, height - 1 - x));
    default:
      return image;
  }
}

/**
 * Turned anticlockwise by any angle about the middle, of the same size: bilinear between pixels, mirrored beyond the edges.
 */
export function rotateImage(image: GreyImage, degrees: number): GreyImage {
  const { width, height } = image;
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  return drawn(width, height, (x, y) => {
    const [dx, dy] = [x - middleX, y - middleY];
    // Rows run downwards, so anticlockwise on the screen is clockwise in (x, y).
    return between(image, middleX + cos * dx - sin * dy, middleY + sin * dx + cos * dy);
  });
}

function drawn(width: number, height: number, value: (x: number, y: number) => number): GreyImage {
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) values[y * width + x] = value(x, y);
  return { width, height, values };
}

function at({ width, height, values }: GreyImage, x: number, y: number): number {
  return values[mirroredIndex(y, height) * width + mirroredIndex(x, width)]!;
}

function between(image: GreyImage, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - left, y - top];
  const above = (1 - right) * at(image, left, top) + right * at(image, left + 1, top);
  const below = (1 - right) * at(image, left, top + 1) + right * at(image, left + 1, top + 1);
  return (1 - down) * above + down * below;
}

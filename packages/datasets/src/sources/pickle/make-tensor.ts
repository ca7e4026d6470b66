import { type PicklePlace, pickleError } from './pickle-error';
import { type PickleStorage, PickleTensor, type PickleValue } from './pickle-value';

/** Elements of one tensor: strides of 0 make many out of few. */
const MAX_ELEMENTS = 2 ** 27;
const MAX_AXES = 16;

/**
 * A view of a storage, after a look at whether all of it lies inside.
 *
 * @throws FormatError `DATA_INVALID`, `DATA_TOO_LARGE`
 */
export function makeTensor(
  storage: PickleStorage,
  offset: PickleValue | undefined,
  shape: PickleValue | undefined,
  strides: PickleValue | undefined,
  place: PicklePlace,
): PickleTensor {
  if (
    !areCounts(shape) ||
    !areCounts(strides) ||
    !isCount(offset) ||
    shape.length !== strides.length ||
    shape.length > MAX_AXES
  ) {
    throw pickleError(
      'DATA_INVALID',
      place,
      'a tensor with a shape, strides and an offset expected',
      'another one',
    );
  }
  const count = shape.reduce((product, size) => product * size, 1);
  if (count > MAX_ELEMENTS) {
    throw pickleError(
      'DATA_TOO_LARGE',
      place,
      `a tensor of at most ${MAX_ELEMENTS} elements expected`,
      `${count}`,
    );
  }
  const last = shape.reduce((at, size, axis) => at + (size - 1) * strides[axis]!, offset);
  if (count > 0 && last >= storage.count) {
    throw pickleError(
      'DATA_INVALID',
      place,
      `a tensor inside of its ${storage.count} elements expected`,
      `element ${last}`,
    );
  }
  return new PickleTensor(storage, offset, shape, strides);
}

function isCount(value: PickleValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function areCounts(value: PickleValue | undefined): value is number[] {
  return Array.isArray(value) && value.every(isCount);
}

import { makeTensor } from './make-tensor';
import { type PicklePlace, pickleError } from './pickle-error';
import {
  ELEMENT_BYTES,
  type ElementType,
  PickleArrayShell,
  PickleDtype,
  PickleGlobal,
  PickleStorageRef,
  PickleTensor,
  type PickleValue,
} from './pickle-value';

/** Storage classes of torch. */
export const STORAGE_TYPES: Readonly<Record<string, ElementType>> = {
  'torch.FloatStorage': 'float32',
  'torch.DoubleStorage': 'float64',
  'torch.HalfStorage': 'float16',
  'torch.BFloat16Storage': 'bfloat16',
  'torch.LongStorage': 'int64',
  'torch.IntStorage': 'int32',
  'torch.ShortStorage': 'int16',
  'torch.CharStorage': 'int8',
  'torch.ByteStorage': 'uint8',
  'torch.BoolStorage': 'bool',
};

/** Names in NumPy dtypes. */
const NUMPY_TYPES: Readonly<Record<string, ElementType>> = {
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  b1: 'bool',
};

type Build = (args: readonly PickleValue[], place: PicklePlace) => PickleValue;

/** What a name with arguments becomes. Nothing else is built, and none of these does anything but hold data. */
const BUILDERS: Readonly<Record<string, Build>> = {
  'collections.OrderedDict': ([pairs], place) => {
    const map = new Map<PickleValue, PickleValue>();
    if (pairs === undefined) return map;
    if (!Array.isArray(pairs)) throw wrongArguments('collections.OrderedDict', place);
    for (const pair of pairs) {
      if (!Array.isArray(pair) || pair.length !== 2) throw wrongArguments('collections.OrderedDict', place);
      map.set(pair[0]!, pair[1]!);
    }
    return map;
  },
  'torch._utils._rebuild_tensor_v2': ([storage, offset, shape, strides], place) => {
    if (!(storage instanceof PickleStorageRef))
      throw wrongArguments('torch._utils._rebuild_tensor_v2', place);
    return makeTensor(storage.storage, offset, shape, strides, place);
  },
  'torch._utils._rebuild_parameter': ([tensor], place) => {
    if (!(tensor instanceof PickleTensor)) throw wrongArguments('torch._utils._rebuild_parameter', place);
    return tensor;
  },
  'torch.Size': ([sizes], place) => {
    if (!Array.isArray(sizes)) throw wrongArguments('torch.Size', place);
    return sizes;
  },
  'numpy._core.multiarray._reconstruct': ([kind], place) => {
    if (!(kind instanceof PickleGlobal) || kind.name !== 'numpy.ndarray')
      throw wrongArguments('_reconstruct', place);
    return new PickleArrayShell();
  },
  'numpy.dtype': ([code], place) => {
    const type =
      typeof code === 'string' && Object.hasOwn(NUMPY_TYPES, code) ? NUMPY_TYPES[code]! : undefined;
    if (type === undefined) {
      const got = typeof code === 'string' ? JSON.stringify(code.slice(0, 20)) : 'something else';
      throw pickleError(
        'DATA_UNSUPPORTED',
        place,
        `a dtype among ${Object.keys(NUMPY_TYPES).join(' ')}`,
        got,
      );
    }
    return new PickleDtype(type, ELEMENT_BYTES[type]);
  },
  'numpy._core.multiarray.scalar': ([dtype, bytes], place) => {
    if (!(dtype instanceof PickleDtype && bytes instanceof Uint8Array)) throw wrongArguments('scalar', place);
    return numpyTensor(dtype, [], bytes, false, place).values()[0]!;
  },
  '_codecs.encode': ([text, encoding], place) => {
    if (typeof text !== 'string' || encoding !== 'latin1') throw wrongArguments('_codecs.encode', place);
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  },
};

/** Names that stand for themselves. */
const MARKERS = new Set(['numpy.ndarray', ...Object.keys(STORAGE_TYPES)]);

/**
 * A global of the allow-list.
 *
 * @throws FormatError `DATA_UNSUPPORTED` that names any other one
 */
export function allowedGlobal(module: string, name: string, place: PicklePlace): PickleGlobal {
  const full = `${module}.${name}`.replace(/^numpy\.core\./, 'numpy._core.');
  if (MARKERS.has(full) || Object.hasOwn(BUILDERS, full)) return new PickleGlobal(full);
  const got = `the global ${JSON.stringify(`${module}.${name}`.slice(0, 120))}`;
  throw pickleError('DATA_UNSUPPORTED', place, 'only data expected', got);
}

/** What a name called with arguments stands for. */
export function builtValue(callable: PickleValue, args: PickleValue, place: PicklePlace): PickleValue {
  const build = callable instanceof PickleGlobal ? BUILDERS[callable.name] : undefined;
  if (build === undefined || !Array.isArray(args)) {
    throw pickleError('DATA_INVALID', place, 'a call of a known name expected', 'another one');
  }
  return build(args, place);
}

/** Fills a value with its state. */
export function applyState(target: PickleValue, state: PickleValue, place: PicklePlace): void {
  if (target instanceof PickleDtype && Array.isArray(state)) {
    target.bigEndian = state[1] === '>';
    return;
  }
  if (target instanceof PickleArrayShell && Array.isArray(state)) {
    const [, shape, dtype, isFortran, bytes] = state;
    if (!Array.isArray(shape) || !(dtype instanceof PickleDtype) || !(bytes instanceof Uint8Array)) {
      throw pickleError('DATA_UNSUPPORTED', place, 'a NumPy array of numbers expected', 'another one');
    }
    target.tensor = numpyTensor(dtype, shape, bytes, isFortran === true, place);
    return;
  }
  // Attributes of an OrderedDict (`_metadata` of a state dict) are no data.
  if (target instanceof Map) return;
  throw pickleError('DATA_UNSUPPORTED', place, 'only data expected', 'the state of an object');
}

function numpyTensor(
  { type, width, bigEndian }: PickleDtype,
  shape: readonly PickleValue[],
  bytes: Uint8Array,
  isFortran: boolean,
  place: PicklePlace,
): PickleTensor {
  if (bigEndian && width > 1)
    throw pickleError('DATA_UNSUPPORTED', place, 'little-endian numbers expected', 'big-endian ones');
  const storage = { type, key: 'numpy', count: Math.floor(bytes.length / width), bytes };
  const sizes = shape.map(Number);
  const strides = sizes.map((_, axis) => {
    const inner = isFortran ? sizes.slice(0, axis) : sizes.slice(axis + 1);
    return inner.reduce((product, size) => product * size, 1);
  });
  const tensor = makeTensor(storage, 0, [...shape], strides, place);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (count * width !== bytes.length) {
    throw pickleError(
      'DATA_INVALID',
      place,
      `${count} elements of ${width} bytes expected`,
      `${bytes.length} bytes`,
    );
  }
  return tensor;
}

function wrongArguments(name: string, place: PicklePlace): Error {
  return pickleError('DATA_INVALID', place, `the arguments of ${name} expected`, 'other ones');
}

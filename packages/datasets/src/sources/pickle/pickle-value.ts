import { float16Value } from '../../safetensors/half-precision';

/** Element types of torch and NumPy that are read. */
export type ElementType =
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'bool';

/** Bytes of one element. */
export const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = {
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
  int8: 1,
  uint8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  bool: 1,
};

/** Bytes that tensors look at; they come from the archive after the pickle was read. */
export interface PickleStorage {
  readonly type: ElementType;
  readonly key: string;
  readonly count: number;
  bytes: Uint8Array | undefined;
}

/** An array: of torch, as a view of its storage, or of NumPy. */
export class PickleTensor {
  constructor(
    readonly storage: PickleStorage,
    /** Of the first element, in elements. */
    readonly offset: number,
    readonly shape: readonly number[],
    /** In elements. */
    readonly strides: readonly number[],
  ) {}

  /** Elements in C order; float64 where the type needs it (float64, int32, int64), else float32. */
  values(): Float32Array | Float64Array {
    const { type, bytes } = this.storage;
    if (bytes === undefined) throw new RangeError(`storage ${this.storage.key} was not loaded`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = this.shape.reduce((product, size) => product * size, 1);
    const isWide = type === 'float64' || type === 'int64' || type === 'int32';
    const out = isWide ? new Float64Array(count) : new Float32Array(count);
    const read = READERS[type];
    const width = ELEMENT_BYTES[type];
    const index = this.shape.map(() => 0);
    let at = this.offset;
    for (let k = 0; k < count; k++) {
      out[k] = read(view, at * width);
      for (let axis = index.length - 1; axis >= 0; axis--) {
        at += this.strides[axis]!;
        if (++index[axis]! < this.shape[axis]!) break;
        at -= this.strides[axis]! * this.shape[axis]!;
        index[axis] = 0;
      }
    }
    return out;
  }
}

const bfloat = new DataView(new ArrayBuffer(4));
const READERS: Readonly<Record<ElementType, (view: DataView, at: number) => number>> = {
  float16: (view, at) => float16Value(view.getUint16(at, true)),
  bfloat16: (view, at) => {
    bfloat.setUint16(2, view.getUint16(at, true), true);
    return bfloat.getFloat32(0, true);
  },
  float32: (view, at) => view.getFloat32(at, true),
  float64: (view, at) => view.getFloat64(at, true),
  int8: (view, at) => view.getInt8(at),
  uint8: (view, at) => view.getUint8(at),
  int16: (view, at) => view.getInt16(at, true),
  int32: (view, at) => view.getInt32(at, true),
  int64: (view, at) => Number(view.getBigInt64(at, true)),
  bool: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
};

/** A NumPy element type under construction. */
export class PickleDtype {
  bigEndian = false;
  constructor(
    readonly type: ElementType,
    readonly width: number,
  ) {}
}

/** A NumPy array before its state comes. */
export class PickleArrayShell {
  tensor: PickleTensor | undefined;
}

/** A name of the allow-list on the stack; it is never a function. */
export class PickleGlobal {
  constructor(readonly name: string) {}
}

/** What a pickle holds: nothing that can act. Tuples are lists, dictionaries are maps. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | Set<PickleValue>
  | PickleTensor
  | PickleArrayShell
  | PickleDtype
  | PickleGlobal
  | PickleStorageRef;

/** A storage on the stack. */
export class PickleStorageRef {
  constructor(readonly storage: PickleStorage) {}
}

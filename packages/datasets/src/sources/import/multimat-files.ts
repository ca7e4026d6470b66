import { DataError } from '../../data-error';
import { PickleTensor, type PickleValue } from '../pickle/pickle-value';
import { readTorchFile } from '../pickle/read-torch-file';
import type { SourceArray, SourceRecord } from '../source-record';
import { filesBelow } from './files-below';
import type { ImportKind } from './import-kind';
import { recordName } from './record-name';

/**
 * The `.pt` files of MultiMat: dictionaries from material to tensor, number or list, or to `{exists, data}` (absent where `exists` is 0);
 * tensors alone, one file a material, take their name from the folder. What several files hold of one material becomes one record:
 * tensors and lists are arrays, numbers scalars, named like the file. Files whose pickle needs a class (the graphs of `crystal_potnet.pt`)
 * are refused by the name of the class.
 */
export const multimatFiles: ImportKind = {
  summary: 'the .pt samples of MultiMat, one file or a folder',
  title: 'MultiMat sample',
  licence: 'mit',
  citations: [
    'Moro, Loh, Dangovski et al., Newton 1, 100016 (2025), doi:10.1016/j.newton.2025.100016',
    'Jain et al., APL Materials 1, 011002 (2013), doi:10.1063/1.4812323',
  ],
  async *read(path) {
    const materials = new Map<
      string,
      { scalars: Record<string, number>; arrays: Record<string, SourceArray> }
    >();
    for await (const file of filesBelow(path, /\.pt$/i)) {
      let value: PickleValue;
      try {
        value = await readTorchFile(file);
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        yield { refused: { id: recordName(file), code: error.code, message: error.message } };
        continue;
      }
      const name = recordName(file);
      const folder = recordName(file.slice(0, Math.max(0, file.lastIndexOf('/'))));
      const entries: Iterable<readonly [PickleValue, PickleValue]> =
        value instanceof PickleTensor ? [[name, value]] : value instanceof Map ? value : [];
      const field = value instanceof PickleTensor ? folder : name;
      for (const [key, item] of entries) {
        if (typeof key !== 'string' && typeof key !== 'number') continue;
        const found = dataOf(item);
        if (found === undefined) continue;
        const id = String(key);
        const material = materials.get(id) ?? { scalars: {}, arrays: {} };
        materials.set(id, material);
        if (typeof found === 'number') material.scalars[field] = found;
        else material.arrays[field] = found;
      }
    }
    for (const id of [...materials.keys()].sort(byNumber)) {
      const record: SourceRecord = { id, texts: {}, ...materials.get(id)! };
      yield { record };
    }
  },
};

/** A number or an array; `undefined` where the material does not have it. */
function dataOf(value: PickleValue): number | SourceArray | undefined {
  if (value instanceof Map) {
    const exists = value.get('exists');
    const isThere =
      exists instanceof PickleTensor ? exists.values()[0] !== 0 : exists !== 0 && exists !== false;
    return isThere && value.has('data') ? dataOf(value.get('data')!) : undefined;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (value instanceof PickleTensor) {
    const data = value.values();
    return value.shape.length === 0 ? data[0] : { shape: value.shape, data };
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every((item) => typeof item === 'number'))
    return undefined;
  return { shape: [value.length], data: Float64Array.from(value as number[]) };
}

/** `mp-2` before `mp-10`. */
function byNumber(a: string, b: string): number {
  const [x, y] = [a, b].map((id) => Number(/\d+$/.exec(id)?.[0] ?? 0));
  return x! - y! || (a < b ? -1 : 1);
}

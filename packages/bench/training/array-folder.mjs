import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DTYPES = new Map([
  [Float32Array, 'f32'],
  [Int32Array, 'i32'],
]);

/**
 * Writes arrays as raw little-endian files and an `index.json` with their dtypes and shapes beside other facts, for
 * programs in other languages.
 *
 * @param {string} folder made where it is missing
 * @param {Record<string, { values: Float32Array | Int32Array, shape?: readonly number[] }>} arrays
 * @param {object} facts JSON that goes into the index as it is
 */
export function writeArrayFolder(folder, arrays, facts) {
  mkdirSync(folder, { recursive: true });
  const index = {};
  for (const [name, { values, shape = [values.length] }] of Object.entries(arrays)) {
    const file = `${name}.bin`;
    writeFileSync(join(folder, file), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    index[name] = { file, dtype: DTYPES.get(values.constructor), shape };
  }
  writeFileSync(join(folder, 'index.json.part'), JSON.stringify({ ...facts, arrays: index }));
  renameSync(join(folder, 'index.json.part'), join(folder, 'index.json'));
}

/** All graphs one after the other; edges name nodes of their own graph, sorted by receiver. */
export function graphArrays(prefix, graphs) {
  const offsets = (counts) => {
    const result = new Int32Array(counts.length + 1);
    counts.forEach((count, i) => {
      result[i + 1] = result[i] + count;
    });
    return result;
  };
  const joined = (Type, parts) => {
    const result = new Type(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      result.set(part, at);
      at += part.length;
    }
    return result;
  };
  const arrays = {
    nodeOffsets: offsets(graphs.map(({ atomicNumbers }) => atomicNumbers.length)),
    edgeOffsets: offsets(graphs.map(({ edgeSource }) => edgeSource.length)),
    atomicNumbers: joined(
      Int32Array,
      graphs.map(({ atomicNumbers }) => atomicNumbers),
    ),
    edgeSource: joined(
      Int32Array,
      graphs.map(({ edgeSource }) => edgeSource),
    ),
    edgeTarget: joined(Int32Array, graphs.map(edgeTargets)),
    edgeDistance: joined(
      Float32Array,
      graphs.map(({ edgeDistance }) => edgeDistance),
    ),
  };
  return Object.fromEntries(
    Object.entries(arrays).map(([name, values]) => [`${prefix}.${name}`, { values }]),
  );
}

function edgeTargets({ targetOffsets, edgeSource }) {
  const targets = new Int32Array(edgeSource.length);
  for (let i = 0; i + 1 < targetOffsets.length; i++) targets.fill(i, targetOffsets[i], targetOffsets[i + 1]);
  return targets;
}

/** Initial parameters by name, below a prefix. */
export function parameterArrays(prefix, tree) {
  return Object.fromEntries(
    flattenHostTree(tree).map(([name, { values, shape }]) => [`${prefix}.${name}`, { values, shape }]),
  );
}

function flattenHostTree(node, path = []) {
  if (node.values instanceof Float32Array) return [[path.join('.'), node]];
  return Object.entries(node).flatMap(([name, child]) => flattenHostTree(child, [...path, name]));
}

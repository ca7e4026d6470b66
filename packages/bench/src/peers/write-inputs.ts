import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONSTANTS, inputs } from '../workloads/inputs';
import { isWanted, WORKLOAD_NAMES } from '../workloads/workloads';

/** Writes the inputs as raw little-endian arrays beside an `inputs.json` that names them, for peers in other languages. */
export async function writeInputs(folder: string, only: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest: Record<
    string,
    Record<string, { file: string; dtype: string; shape: readonly number[] }>
  > = {};
  for (const work of WORKLOAD_NAMES.filter((name) => isWanted(name, only))) {
    const entries: (typeof manifest)[string] = {};
    manifest[work] = entries;
    for (const [name, { shape, values }] of Object.entries(inputs[work]())) {
      const dtype = values instanceof Int32Array ? '<i4' : '<f4';
      const file = `${work}.${name}.bin`;
      await writeFile(join(folder, file), values);
      entries[name] = { file, dtype, shape };
    }
  }
  await writeFile(join(folder, 'inputs.json'), JSON.stringify({ constants: CONSTANTS, inputs: manifest }));
}

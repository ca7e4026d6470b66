import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAll } from '@bravais/tensor-core';
import { flatValues, namedValues } from '@bravais/tensor-core/nn';
import { decodeSafetensors, encodeSafetensors } from '@bravais/trainer';
import { optionName } from './read-options.mjs';
import { replaceFile } from './replace-file.mjs';

const STATE_FILE = 'state.safetensors';
const BEST_FILE = 'best.safetensors';

/**
 * A training's state in a folder, so that it can go on in another process with the same bits: parameters, moments, averages
 * and the counters, in one file; beside it the parameters that were best, for use elsewhere.
 *
 * @param {string} folder made where it is missing
 * @param {object} options what the training was started with; a continued one must be started with the same
 * @param {object} model
 * @param {Record<string, import('@bravais/tensor-core').Tensor>} buffers flat tensors in the layout of the parameters, by name
 */
export function createRunState(folder, options, { parameters }, buffers) {
  const [stateFile, bestFile] = [STATE_FILE, BEST_FILE].map((file) => join(folder, file));
  const { entries } = parameters;
  const stored = (flat, prefix = '') =>
    [...namedValues(entries, flat)].map(([name, data]) => {
      const { shape } = entries.find((entry) => entry.name === name);
      return [`${prefix}${name}`, { dtype: 'F32', shape, data }];
    });
  return {
    /** Whether there is something to go on from. */
    exists: () => existsSync(stateFile),

    /** Writes the state beside the old one, then renames. */
    async save(progress) {
      mkdirSync(folder, { recursive: true });
      const names = Object.keys(buffers);
      const values = await readAll(names.map((name) => buffers[name]));
      const tensors = new Map(names.flatMap((name, index) => stored(values[index], `${name}.`)));
      const metadata = { options: JSON.stringify(options), progress: JSON.stringify(progress) };
      replaceFile(stateFile, encodeSafetensors(tensors, metadata));
    },

    /** Fills the buffers and gives back the progress that was saved with them. */
    load() {
      const { tensors, metadata } = decodeSafetensors(readFileSync(stateFile), stateFile);
      const before = JSON.parse(metadata.options);
      const names = Object.keys({ ...before, ...options });
      const changed = names.find((name) => before[name] !== options[name]);
      if (changed !== undefined) {
        throw new Error(
          `${stateFile}: must be of a run with --${optionName(changed)} ${options[changed]}, got ${before[changed]}. Give the options it was started with, or another --run.`,
        );
      }
      for (const [name, buffer] of Object.entries(buffers)) {
        const own = [...tensors].filter(([stored]) => stored.startsWith(`${name}.`));
        const values = own.map(([stored, { data }]) => [stored.slice(name.length + 1), data]);
        buffer.write(flatValues(parameters, new Map(values)));
      }
      return JSON.parse(metadata.progress);
    },

    /** Writes the parameters that a flat tensor holds as the best so far. */
    async saveBest(flat, facts) {
      mkdirSync(folder, { recursive: true });
      const [values] = await readAll([flat]);
      const metadata = { options: JSON.stringify(options), facts: JSON.stringify(facts) };
      replaceFile(bestFile, encodeSafetensors(new Map(stored(values)), metadata));
    },

    /** Fills a flat tensor with the best parameters; gives back what was said of them. */
    loadBest: (flat) => loadWeights(bestFile, parameters, flat),
  };
}

/**
 * Fills a flat tensor with the parameters of a file `best.safetensors`; gives back what was said of them.
 *
 * @param {string} file
 * @param {import('@bravais/tensor-core/nn').Parameters<unknown>} parameters
 * @param {import('@bravais/tensor-core').Tensor} flat
 */
export function loadWeights(file, parameters, flat) {
  const { tensors, metadata } = decodeSafetensors(readFileSync(file), file);
  flat.write(flatValues(parameters, new Map([...tensors].map(([name, { data }]) => [name, data]))));
  return JSON.parse(metadata.facts ?? 'null');
}

import { join } from 'node:path';

/** A contestant that runs in a process of its own and prints a `WorkloadLine` for each workload. */
export interface Peer {
  readonly name: string;
  /** Whether a TypeScript user could pick it instead; only these count for the best peer. */
  readonly language: 'ours' | 'TypeScript' | 'Python';
  /** Runs only where it is asked for by name. */
  readonly onlyByName?: true;
  /** Program and arguments; the parts of names and the seconds follow. */
  readonly command: readonly string[];
}

/** What the commands depend on. */
export interface PeerPlaces {
  /** Folder of the built programs, beside `src`. */
  readonly programs: string;
  /** Folder that `writeInputs` has filled. */
  readonly inputs: string;
  /** A Python interpreter. */
  readonly python: string;
}

/** Name of our own entry among the peers. */
export const OURS = 'bravais';

/** Everyone, in the order of a round. */
export function allPeers({ programs, inputs, python }: PeerPlaces): Peer[] {
  const program = (name: string, ...args: string[]): string[] => [
    process.execPath,
    join(programs, `${name}.js`),
    ...args,
  ];
  const script = join(programs, '..', 'src', 'peers', 'pytorch.py');
  return [
    { name: OURS, language: 'ours', command: program('ours') },
    { name: 'jax-js-wasm', language: 'TypeScript', command: program('jax', 'wasm') },
    { name: 'jax-js-webgpu', language: 'TypeScript', command: program('jax', 'webgpu') },
    { name: 'tfjs-wasm', language: 'TypeScript', command: program('tensorflow', 'wasm') },
    { name: 'tfjs-webgpu', language: 'TypeScript', command: program('tensorflow', 'webgpu') },
    { name: 'pytorch', language: 'Python', command: [python, script, inputs] },
    {
      name: 'pytorch-cuda',
      language: 'Python',
      onlyByName: true,
      command: [python, script, '--device', 'cuda', inputs],
    },
  ];
}

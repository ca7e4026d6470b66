import initMoyo, * as moyo from '@spglib/moyo-wasm';
import { SymmetryError } from './symmetry-error';

/** Where the WebAssembly module comes from, when not from its own place: bytes, a compiled module, a URL or a response. */
export type SymmetryModule = ArrayBuffer | Uint8Array<ArrayBuffer> | WebAssembly.Module | URL | Response;

/** The functions of moyo that are used here. */
export type Moyo = typeof moyo;

let loading: Promise<Moyo> | undefined;

/**
 * Loads moyo once. In Node the module is read from the installed package, in a browser fetched from beside the bundled
 * script; `source` overrides both.
 *
 * @throws SymmetryError `SYMMETRY_UNAVAILABLE`
 */
export function loadMoyo(source?: SymmetryModule): Promise<Moyo> {
  loading ??= start(source).catch((cause: unknown) => {
    loading = undefined;
    throw new SymmetryError(
      'SYMMETRY_UNAVAILABLE',
      `findSymmetry: the WebAssembly module of @spglib/moyo-wasm expected, got ${cause instanceof Error ? cause.message : String(cause)}. Call initSymmetry with the bytes or the URL of moyo_wasm_bg.wasm.`,
      { cause },
    );
  });
  return loading;
}

async function start(source: SymmetryModule | undefined): Promise<Moyo> {
  const found = source ?? installedModule();
  await (found === undefined ? initMoyo() : initMoyo({ module_or_path: found }));
  return moyo;
}

/** Bytes from node_modules in Node (fetch does not open file: there), nothing elsewhere. */
function installedModule(): Uint8Array<ArrayBuffer> | undefined {
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') return undefined;
  const { createRequire } = process.getBuiltinModule('node:module');
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const path = createRequire(import.meta.url).resolve('@spglib/moyo-wasm/moyo_wasm_bg.wasm');
  return new Uint8Array(readFileSync(path));
}

import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// The probe runs the library's own driver search from source, before anything is built.
const source = fileURLToPath(new URL('./probe-adapter.ts', import.meta.url));
const { module } = await runnerImport(source, { configFile: false });
console.log(JSON.stringify(module.probe));

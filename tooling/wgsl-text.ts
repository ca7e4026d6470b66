import type { Plugin } from 'vite';

/** Imports a `.wgsl` file as its text: `import source from './softmax.wgsl'`. */
export function wgslText(): Plugin {
  return {
    name: 'bravais:wgsl-text',
    transform(source, id) {
      if (!id.endsWith('.wgsl')) return null;
      return { code: `export default ${JSON.stringify(source)};`, map: null, moduleType: 'js' };
    },
  };
}

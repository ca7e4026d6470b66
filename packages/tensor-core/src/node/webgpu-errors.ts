/** The optional peer dependency `webgpu` is not installed. */
export class WebGpuMissingError extends Error {
  override readonly name: string = 'WebGpuMissingError';
  readonly code: string = 'WEBGPU_NOT_INSTALLED';

  constructor(cause: unknown) {
    super(
      'loadDawn: expected the package "webgpu" (Dawn, the WebGPU implementation for Node), got none. ' +
        'Install it beside @bravais/tensor-core: npm install webgpu@0.6.2',
      { cause },
    );
  }
}

/** The package `webgpu` is installed, but its native library does not load on this machine. */
export class WebGpuLoadError extends Error {
  override readonly name: string = 'WebGpuLoadError';
  readonly code: string = 'WEBGPU_NOT_LOADABLE';

  constructor(cause: unknown) {
    super(
      `loadDawn: expected the native library of the package "webgpu" to load on ${process.platform}-${process.arch}, ` +
        `got: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'It is built for Windows, macOS and glibc Linux (x64, arm64); on another system run Bravais in a browser or a Debian container.',
      { cause },
    );
  }
}

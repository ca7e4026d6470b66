import { DeviceError, type DeviceErrorCode } from '../errors';

/**
 * Collects what goes wrong on the GPU's own timeline, where no call is on the stack any more, and throws
 * the first failure on the next call.
 */
export class FailureLog {
  readonly #gpu: GPUDevice;
  #failure: DeviceError | null = null;
  #scopes: Promise<void>[] = [];

  constructor(gpu: GPUDevice) {
    this.#gpu = gpu;
    void gpu.lost.then(({ reason, message }) => {
      const why = reason === 'destroyed' ? 'destroy() was called' : message || 'the driver reset it';
      this.#failure = new DeviceError(
        'LOST',
        `device: it must be alive, but it is lost (${why}). Open a new device.`,
      );
    });
    gpu.addEventListener('uncapturederror', (event) => {
      const { error } = event as GPUUncapturedErrorEvent;
      this.#record('command', error);
    });
  }

  /** Runs `create`; errors of the GPU during it are recorded under the name `what`. */
  guard<T>(what: string, create: () => T): T {
    const filters = ['validation', 'out-of-memory', 'internal'] as const;
    for (const filter of filters) this.#gpu.pushErrorScope(filter);
    try {
      return create();
    } finally {
      for (const _ of filters) {
        const scope = this.#gpu.popErrorScope().then(
          (error) => {
            if (error) this.#record(what, error);
          },
          () => undefined,
        );
        this.#scopes.push(scope);
      }
      if (this.#scopes.length > 512) this.#scopes = [Promise.all(this.#scopes).then(() => undefined)];
    }
  }

  /** Throws the first failure known so far. A lost device stays lost; other failures are thrown once. */
  check(): void {
    const failure = this.#failure;
    if (!failure) return;
    if (failure.code !== 'LOST') this.#failure = null;
    throw failure;
  }

  /** Waits for the verdicts of all guarded work so far, then throws the first failure. */
  async settle(): Promise<void> {
    const scopes = this.#scopes;
    this.#scopes = [];
    await Promise.all(scopes);
    this.check();
  }

  #record(what: string, error: GPUError): void {
    if (this.#failure) return;
    this.#failure = new DeviceError(codeOf(error), `${what}: ${remedy(error)} ${error.message}`.trim(), {
      cause: error,
    });
  }
}

function codeOf(error: GPUError): DeviceErrorCode {
  if (error instanceof GPUOutOfMemoryError) return 'OUT_OF_MEMORY';
  return error instanceof GPUInternalError ? 'INTERNAL' : 'VALIDATION';
}

function remedy(error: GPUError): string {
  return error instanceof GPUOutOfMemoryError
    ? 'the device has no memory left. Use a smaller batch, or dispose of tensors that are no longer needed.'
    : 'the GPU rejected it.';
}

import type { Device } from '@bravais/tensor-core';
import type { LaunchTimes } from './merge-launches';

/** `device.profile` around launches that others make, from construction to {@link end}. */
export class ProfiledStretch {
  readonly #finish: () => void;
  readonly #profile: Promise<LaunchTimes>;

  constructor(device: Device) {
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.#finish = finish;
    this.#profile = device.profile(() => finished);
  }

  /** Waits for the launches and hands their times over. */
  end(): Promise<LaunchTimes> {
    this.#finish();
    return this.#profile;
  }
}

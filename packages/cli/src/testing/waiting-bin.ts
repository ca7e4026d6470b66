import { main } from '../main';
import { fakeServices, finished } from './fake-services';

/** A `bravais` whose training runs until Ctrl-C; with seed 1 it does not hear the first one. */
await main(
  fakeServices({
    pretrain: (options) =>
      new Promise((resolve) => {
        const clock = setInterval(() => undefined, 1000);
        process.stderr.write('training\n');
        options.signal.addEventListener('abort', () => {
          if (options.config.seed === 1) return;
          clearInterval(clock);
          resolve({ ...finished(options), status: 'interrupted', step: 7 });
        });
      }),
  }),
);

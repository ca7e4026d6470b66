import { configureGlobal } from 'fast-check';

/** Properties are tried on the same cases every time, so that a run repeats; another FAST_CHECK_SEED explores others. */
configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_123) });

import { parentPort, workerData } from 'node:worker_threads';
import { DataError, type DataErrorCode } from '../data-error';
import { type RecordSteps, transformsOf } from './derive-steps';
import { type ChunkTask, type EncodedChunk, encodeChunk } from './encode-chunk';

/** What a worker thread says about a chunk. */
export type ChunkAnswer = { readonly encoded: EncodedChunk } | { readonly failed: FailedChunk };

/** An error as it travels between threads. */
export interface FailedChunk {
  readonly name: string;
  readonly message: string;
  /** Of a DataError. */
  readonly data?: { readonly code: DataErrorCode; readonly where: string };
}

// Worker thread: a chunk of work in, its bytes out.
const transforms = transformsOf(workerData as RecordSteps);
transforms.catch(() => undefined);

async function answer(task: ChunkTask): Promise<ChunkAnswer> {
  try {
    return { encoded: await encodeChunk(task, await transforms) };
  } catch (error) {
    const { name, message } = error as Error;
    if (!(error instanceof DataError)) return { failed: { name, message } };
    return { failed: { name, message, data: { code: error.code, where: error.where } } };
  }
}

parentPort?.on('message', async (task: ChunkTask) => {
  parentPort?.postMessage(await answer(task));
});

/** Why a zlib stream gave fewer bytes than wanted. */
export interface Inflation {
  /** Bytes that came out, at most one chunk more than `limit`. */
  readonly bytes: number;
  /** What the stream said where it ended badly. */
  readonly failure?: string;
}

/**
 * Counts what zlib data unpack to, keeping nothing, and stops beyond `limit`: a bomb costs one chunk of memory. By what is built into
 * Node and browsers.
 */
export async function inflatedBytes(parts: readonly Uint8Array[], limit: number): Promise<Inflation> {
  const packed = parts.filter((part) => part.length > 0).values();
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const { done, value } = packed.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
  });
  const reader = source.pipeThrough(new DecompressionStream('deflate')).getReader();
  let bytes = 0;
  try {
    while (bytes <= limit) {
      const { done, value } = await reader.read();
      if (done) return { bytes };
      bytes += value.length;
    }
    return { bytes };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { bytes, failure: cause instanceof Error ? cause.message : String(cause) };
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

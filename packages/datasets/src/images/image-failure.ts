import type { DataErrorCode } from '../data-error';
import { FormatError, type Mismatch } from '../formats/format-error';

/** A {@link FormatError} of an image file. */
export function imageFailure(
  code: DataErrorCode,
  file: string,
  expected: string,
  got: string,
  remedy: string,
  cause?: unknown,
): FormatError {
  const mismatch: Mismatch = { expected, got, remedy };
  return new FormatError(code, { file }, mismatch, cause === undefined ? undefined : { cause });
}

/** What a decoder of pixels threw, as a {@link FormatError}; errors of this package pass unchanged. */
export function decoderFailure(error: unknown, file: string, format: string): FormatError {
  if (error instanceof FormatError) return error;
  const said = error instanceof Error ? error.message : String(error);
  return imageFailure(
    /unsupported|not supported/i.test(said) ? 'DATA_UNSUPPORTED' : 'DATA_CORRUPT',
    file,
    `${format} data expected`,
    said,
    'Export the image again, best as PNG.',
    error,
  );
}

/** Cut short: `got` says where it ended. */
export function cutShort(file: string, format: string, got: string): FormatError {
  return imageFailure(
    'DATA_TRUNCATED',
    file,
    `a complete ${format} image expected`,
    got,
    'Download or export it again.',
  );
}

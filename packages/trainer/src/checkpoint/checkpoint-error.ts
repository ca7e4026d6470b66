import { CodedError } from '../coded-error';

/** Stable codes of {@link CheckpointError}; messages may be reworded, codes may not. */
export type CheckpointErrorCode =
  /** The file ends before its contents do. */
  | 'TRUNCATED'
  /** A safetensors file that cannot be read; the `DataError` in `cause` says why. */
  | 'TENSORS'
  /** `trainer-state.json` or `config.json` says something it may not say. */
  | 'STATE'
  /** A file differs from what was written. */
  | 'CHECKSUM'
  /** A file of the checkpoint is not there. */
  | 'MISSING_FILE'
  /** The folder or a file in it cannot be read. */
  | 'UNREADABLE'
  /** Views of the data were made with other options than those of the model. */
  | 'VIEW_OPTIONS';

/** A checkpoint that cannot be read or written: `<file>: <expected>, got <what came>. <what to do>`. */
export class CheckpointError extends CodedError<CheckpointErrorCode> {
  override readonly name: string = 'CheckpointError';
}

import { CodedError } from '../coded-error';

/** Stable codes of {@link ModelError}. */
export type ModelErrorCode =
  /** The model has no structure encoder. */
  | 'NO_STRUCTURE_ENCODER'
  /** A view is of another size than the model takes. */
  | 'VIEW_SHAPE'
  /** The size of a view is that of the training data, which has none. */
  | 'VIEW_MISSING'
  /** Labels of a target are missing, or cannot be what they are. */
  | 'TARGET_LABELS'
  /** The model predicts no property from what it was given. */
  | 'NO_TARGET'
  /** Weights to start from do not fit the model. */
  | 'INIT_MISMATCH';

/** A model that cannot take what it was given: `<what>: <expected>, got <what came>. <what to do>`. */
export class ModelError extends CodedError<ModelErrorCode> {
  override readonly name: string = 'ModelError';
}

/** Structures were given to a model that aligns other views only. */
export function withoutStructureEncoder(asked: string): ModelError {
  return new ModelError(
    'NO_STRUCTURE_ENCODER',
    `${asked}: expected a model with a structure encoder, got one that aligns other views only. Take a model whose config has model.structure.`,
  );
}

import type { MaterialViews, ViewForm, ViewName } from '@bravais/datasets';
import type { Device, Tensor } from '@bravais/tensor-core';
import type { Key, RandomKey } from '@bravais/tensor-core/random';
import type { z } from 'zod';
import type { AttributedArray } from './attributed-array';

/** A view of one material, of whatever form. */
export type ViewValue = NonNullable<MaterialViews[ViewName]>;

/** One view of the materials of a batch, a row each. */
export type ViewColumn = readonly {
  /** Names the material in errors. */
  readonly id: string;
  /** Absent where the material does not have the view. */
  readonly value: ViewValue | undefined;
}[];

/** Numbers that are learned of the training split before a model is made; checkpoints keep them by these names. */
export type FittedView = Readonly<Record<string, Float32Array | Int32Array>>;

/** What an encoder knows of its view before it sees a batch. */
export interface ViewSource {
  readonly view: ViewName;
  readonly form: ViewForm;
  readonly fitted: FittedView;
}

/** Values with their extents, as a captured step takes them. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** What an encoder sees of a batch, by names of its own, on the device. */
export type ViewArrays = Readonly<Record<string, Tensor>>;

/** The same on the host. */
export type HostViewArrays<A extends ViewArrays = ViewArrays> = { readonly [Name in keyof A]: HostTensor };

/** An encoder with what it needs on a device beside parameters and a batch. */
export interface OpenViewEncoder<T extends object = object, A extends ViewArrays = ViewArrays> {
  /**
   * Embeddings `[B, D]` of a batch of B materials. No row may depend on another: those of materials without the view are computed and
   * never looked at.
   *
   * @param dropoutKey randomness of this step's dropout; `null` outside training
   */
  embed(parameters: T, arrays: A, dropoutKey: RandomKey | null): Tensor;
}

/**
 * An encoder of views that an experiment can name under `model.views`: C its config, T its parameters, A what it sees of a batch.
 *
 * A new one is a file that makes such an object, and its name in the registry beside this file.
 */
export interface ViewEncoderKind<
  C extends { readonly kind: string },
  T extends object = object,
  A extends ViewArrays = ViewArrays,
> {
  /** Checks the config and fills in its defaults. */
  readonly schema: z.ZodType<C> & z.core.$ZodTypeDiscriminable;
  /** Forms of views that it takes. */
  readonly accepts: readonly ViewForm['kind'][];
  /** Its sizes in words, `width 256, 2 layers`. */
  describe(config: C): string;
  /**
   * What it learns of the training split, of those materials that have the view.
   *
   * @throws {ModelError} `VIEW_MISSING` where it cannot do without any
   */
  fit(config: C, source: Omit<ViewSource, 'fitted'>, values: readonly ViewValue[]): FittedView;
  /** Initial parameters; the same key gives the same ones. */
  init(key: Key, config: C, source: ViewSource, embeddingDim: number): object;
  /**
   * Arrays of B materials, a row each; rows of materials without the view hold zeros. A captured step is recorded anew for each shape:
   * round what varies from batch to batch up to a bucket.
   *
   * @throws {ModelError} `VIEW_SHAPE`, with the id of the material
   */
  layOut(config: C, source: ViewSource, column: ViewColumn): HostViewArrays<A>;
  /**
   * The numbers that integrated gradients go over: an array that `layOut` gives, or one that `embed` takes beside those.
   *
   * @throws {ModelError} `VIEW_SHAPE`, with the id of the material
   */
  attributed(config: C, source: ViewSource, own: ViewColumn[number]): AttributedArray;
  /** Tensors that it makes belong to the caller's scope. */
  open(device: Device, config: C, source: ViewSource): OpenViewEncoder<T, A>;
}

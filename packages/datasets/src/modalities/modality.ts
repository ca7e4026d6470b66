/** What JSON can say. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** Options that a checkpoint can hold: every field plain JSON, none missing. */
export type JsonFields<Options> = { readonly [Name in keyof Options]: JsonValue };

/** One material's view in a modality, ready for an encoder. */
export interface Prepared<View> {
  readonly view: View;
  /** Share of each bin that the source speaks of, 0 to 1; null where it covers all. */
  readonly mask: Float32Array | null;
  /** What was assumed, clipped or left out, in sentences. */
  readonly notes: readonly string[];
}

/** Shape and units of a view. */
export interface ViewForm {
  readonly shape: readonly number[];
  /** Unit of the values; empty where they have none. */
  readonly unit: string;
  /** What the bins count, with its unit; null where the values lie on no axis. */
  readonly axis: string | null;
}

/** Integers that name one draw, such as `[seed, epoch, row]`: the same key, the same result. */
export type AugmentationKey = readonly number[];

/** A random change under which a view still shows the same material. */
export interface Augmentation<Options, View> {
  /** What `amount` measures, with its unit. */
  readonly measure: string;
  /** Amount used unless told otherwise; 0 changes nothing. */
  readonly amount: number;
  /** A new view; what is given stays as it is. */
  apply(prepared: Prepared<View>, amount: number, key: AugmentationKey, options: Options): Prepared<View>;
}

/**
 * A kind of data about a material, from the raw form to arrays of a fixed shape.
 *
 * A modality is a plain value in a file of its own: a name, options with defaults, `prepare`, and augmentations by name. Options are
 * plain JSON and are stored with a model, so that data at use are prepared as they were in training. Nothing registers it.
 *
 * @typeParam Raw what `prepare` takes, such as a parsed file
 * @typeParam Options plain JSON
 * @typeParam View array, or arrays, of a shape that the options alone settle
 *
 * @example
 * ```ts no-run
 * const options = completeOptions(electronicDosModality, { count: 400, stepEv: 0.05 }, 'config.yaml');
 * const { view, mask } = electronicDosModality.prepare(await readVasprun(file), options, 'vasprun.xml');
 * ```
 */
export interface Modality<Raw, Options extends JsonFields<Options>, View = Float32Array> {
  /** Key of the view in a record. */
  readonly name: string;
  readonly defaults: Options;
  form(options: Options): ViewForm;
  /**
   * @param where names the source in errors
   * @throws {DataError} for options out of range and raw data that cannot be
   */
  prepare(raw: Raw, options: Options, where: string): Prepared<View>;
  readonly augmentations: Readonly<Record<string, Augmentation<Options, View>>>;
}

import type { GridView, ImageView, ViewForm } from '@bravais/datasets';
import { ModelError } from '../model-error';
import type { FittedView, ViewColumn, ViewSource, ViewValue } from './view-encoder-kind';

/** Name under which extents stand among the fitted numbers. */
const EXTENTS = 'extents';

/** Extents of a view's array as its form counts them: spectrum and vector [n], grid [n] points an axis, image [height, width]. */
function extentsOfValue({ kind }: ViewForm, value: ViewValue): number[] {
  if (kind === 'grid') return [(value as GridView).size];
  if (kind !== 'image') return [(value as Float32Array).length];
  const { height, width } = value as ImageView;
  return [height, width];
}

/** Extents that all materials share: nothing where the form says them, else those of the first material of the training split. */
export function fitExtents(
  { view, form }: Omit<ViewSource, 'fitted'>,
  [first]: readonly ViewValue[],
): FittedView {
  if ('length' in form && form.length !== null) return {};
  if (first !== undefined) return { [EXTENTS]: Int32Array.from(extentsOfValue(form, first)) };
  throw new ModelError(
    'VIEW_MISSING',
    `${view}: the training split must hold materials with it, which say its size, got none. Take data that has it, or leave it out of model.views.`,
  );
}

/** The extents that {@link fitExtents} found, or that the form says. */
export function extentsOf({ form, fitted }: ViewSource): readonly number[] {
  return 'length' in form && form.length !== null ? [form.length] : [...fitted[EXTENTS]!];
}

/**
 * The numbers of a view in one row: of a grid its values, then the six of its metric.
 *
 * @throws {ModelError} `VIEW_SHAPE`
 */
export function flatView(source: ViewSource, id: string, value: ViewValue): Float32Array {
  const expected = extentsOf(source);
  const got = extentsOfValue(source.form, value);
  const row = flatNumbers(value as Exclude<ViewValue, string>);
  const same = expected.every((extent, axis) => extent === got[axis]);
  if (same && row.length === flatLength(source)) return row;
  const filled = same ? `${row.length} numbers where ${flatLength(source)} belong` : got.join(' × ');
  throw new ModelError(
    'VIEW_SHAPE',
    `${id}: ${source.view} must be ${expected.join(' × ')} as in the training split, got ${filled}. Resample it to the same size.`,
  );
}

/** How many numbers {@link flatView} gives. */
export function flatLength(source: ViewSource): number {
  const [first, second = 1] = extentsOf(source) as [number, number?];
  return source.form.kind === 'grid' ? first ** 3 + 6 : first * second;
}

/**
 * The rows of {@link flatView} of a batch one after the other, zeros where a material does not have the view.
 *
 * @throws {ModelError} `VIEW_SHAPE`
 */
export function flatRows(source: ViewSource, column: ViewColumn): Float32Array {
  const length = flatLength(source);
  const rows = new Float32Array(column.length * length);
  column.forEach(({ id, value }, row) => {
    if (value !== undefined) rows.set(flatView(source, id, value), row * length);
  });
  return rows;
}

/** The numbers of a view that is no text. */
function flatNumbers(value: Exclude<ViewValue, string>): Float32Array {
  if (value instanceof Float32Array) return value;
  if (!('metric' in value)) return value.values;
  const { values, metric } = value;
  const row = new Float32Array(values.length + metric.length);
  row.set(values);
  row.set(metric, values.length);
  return row;
}

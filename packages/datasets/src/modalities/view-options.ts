import type { ViewName } from '../material-record';
import type { JsonValue } from './modality';

/** How views were made: what is known of the options of their modalities, plain JSON. */
export type ViewOptions = Readonly<Partial<Record<ViewName, Readonly<Record<string, JsonValue>>>>>;

/** An option that two makers of a view set differently. */
export interface DifferingOption {
  readonly option: string;
  readonly first: JsonValue;
  readonly second: JsonValue;
}

/** The first option that both name and set differently; `null` where there is none. What one of them does not name is not known. */
export function differingOption(
  first: Readonly<Record<string, JsonValue>>,
  second: Readonly<Record<string, JsonValue>>,
): DifferingOption | null {
  for (const [option, value] of Object.entries(first)) {
    const other = Object.hasOwn(second, option) ? second[option] : undefined;
    if (other !== undefined && JSON.stringify(value) !== JSON.stringify(other)) {
      return { option, first: value, second: other };
    }
  }
  return null;
}

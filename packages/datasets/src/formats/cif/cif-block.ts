/** One value of a CIF with its place. */
export interface CifValue {
  readonly text: string;
  /** In quotes or a text field, where `?` and `.` are only characters. */
  readonly quoted: boolean;
  readonly line: number;
}

/** One data block: the values kept, by data name in lower case with `.` as `_`; a name outside loops has one value. */
export interface CifBlock {
  readonly name: string;
  readonly line: number;
  readonly columns: ReadonlyMap<string, readonly CifValue[]>;
}

/** The same name in all its spellings: lower case, the dots of DDLm and mmCIF as underscores, none at the end. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replaceAll('.', '_').replace(/_+$/, '');
}

/** True for `?` (unknown) and `.` (not applicable). */
export function isMissing(value: CifValue | undefined): boolean {
  return (
    value === undefined ||
    (!value.quoted && (value.text === '?' || value.text === '.')) ||
    value.text.trim() === ''
  );
}

/** Values under the first of the names that has any known one. */
export function knownColumn(block: CifBlock, names: readonly string[]): readonly CifValue[] | undefined {
  for (const name of names) {
    const column = block.columns.get(name);
    if (column?.some((value) => !isMissing(value))) return column;
  }
  return undefined;
}

/** The first known value under the first of the names that has one. */
export function knownValue(block: CifBlock, names: readonly string[]): CifValue | undefined {
  return knownColumn(block, names)?.find((value) => !isMissing(value));
}

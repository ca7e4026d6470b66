import { pathToFileURL } from 'node:url';
import { DataError } from '../data-error';
import { simulatedPhononDos } from '../lattice-dynamics/index';
import { prototypeOf } from '../splits/prototype';
import type { StoredRecord } from './stored-record';

/** What is added to each record of a structure while a data set is built. */
export type DeriveStep =
  /** The view `phononDos`, where it is not there: simulated with masses and springs. Label `phononDosOrigin`: `simulated`. */
  | 'phononDos'
  /** The label `prototype` ({@link prototypeOf}). */
  | 'prototype';

/** What is done with each record. */
export interface RecordSteps {
  readonly derive: readonly DeriveStep[];
  /** File of an ES module whose default export takes a record and gives it back, changed. */
  readonly transform?: string | undefined;
}

/** A change of one record. */
export type RecordTransform = (record: StoredRecord) => StoredRecord | Promise<StoredRecord>;

/** The steps as functions, in their order; the module comes last. @throws DataError where the module cannot be used */
export async function transformsOf({ derive, transform }: RecordSteps): Promise<RecordTransform[]> {
  const own = derive.map((step) => TRANSFORMS[step]);
  return transform === undefined ? own : [...own, await loadTransform(transform)];
}

const TRANSFORMS: Readonly<Record<DeriveStep, RecordTransform>> = {
  phononDos: (record) =>
    record.structure === undefined || record.views.phononDos !== undefined
      ? record
      : {
          ...record,
          views: { ...record.views, phononDos: simulatedPhononDos(record.structure) },
          labels: { ...record.labels, phononDosOrigin: 'simulated' },
        },
  prototype: async (record) =>
    record.structure === undefined
      ? record
      : { ...record, labels: { ...record.labels, prototype: await prototypeOf(record.structure) } },
};

async function loadTransform(file: string): Promise<RecordTransform> {
  const loaded: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href).catch(
    (cause: unknown) => {
      throw new DataError(
        'DATA_UNREADABLE',
        file,
        `an ES module expected, got ${cause instanceof Error ? cause.message : String(cause)}. Check the path and the module.`,
        { cause },
      );
    },
  );
  const { default: transform } = loaded as { default?: unknown };
  if (typeof transform === 'function') return transform as RecordTransform;
  throw new DataError(
    'DATA_INVALID',
    file,
    `a default export that takes a record expected, got ${typeof transform}. Export a function.`,
  );
}

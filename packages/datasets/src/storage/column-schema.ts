import type { SchemaElement } from 'hyparquet';
import type { ColumnKind } from './table-columns';

/** A column of a Parquet file; every cell may be null. */
export function columnSchema(name: string, kind: ColumnKind): SchemaElement[] {
  const list = (type: 'DOUBLE' | 'FLOAT' | 'INT32'): SchemaElement[] => [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type, repetition_type: 'REQUIRED' },
  ];
  switch (kind) {
    case 'text':
      return [{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }];
    case 'double':
      return [{ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }];
    case 'doubles':
      return list('DOUBLE');
    case 'floats':
      return list('FLOAT');
    case 'integers':
      return list('INT32');
  }
}

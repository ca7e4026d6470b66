/** What kept a step from being captured; codes are stable. */
export type FallbackCause =
  /** A kernel's param differs. */
  | 'PARAM'
  /** Another kernel or other constants of it at the same place. */
  | 'KERNEL'
  /** Another number of workgroups. */
  | 'GRID'
  /** A command on another tensor from outside, or on another part of one. */
  | 'TENSOR'
  /** A copy or clear of another size, or in place of a launch. */
  | 'COPY'
  /** More or fewer commands. */
  | 'LENGTH'
  /** Host values that were uploaded inside differ. */
  | 'UPLOAD'
  /** Host values written into existing memory, or uploaded ones overwritten. */
  | 'WRITE'
  /** Values were read back inside. */
  | 'READ'
  /** The GPU was waited for inside. */
  | 'WAIT';

/** Why a step runs eagerly for good. */
export interface CaptureFallback {
  readonly cause: FallbackCause;
  /** The kernel at which it showed; `null` where none was involved. */
  readonly kernel: string | null;
  /** The param of the kernel that differed, as its source names it; else `null`. */
  readonly param: string | null;
  /** What was expected, what came and what to do. */
  readonly message: string;
}

const REMEDIES: Readonly<Record<FallbackCause, string>> = {
  PARAM:
    'Pass it as an input: a number in a tensor (adamWNumbers, sgdNumbers), a key as a key, a size as a plain number.',
  KERNEL: 'Let what decides it be a plain number or string among the inputs.',
  GRID: 'Let the size that decides it be the shape of an input, or a plain number among the inputs.',
  TENSOR: 'Pass the tensor as an input, or update one tensor in place with assign.',
  COPY: 'Let the size that decides it be the shape of an input, or a plain number among the inputs.',
  LENGTH: 'Let what decides it be the shape of an input, or a plain number or string among the inputs.',
  UPLOAD: 'Pass the values as an input.',
  WRITE: 'Pass the values as an input.',
  READ: 'Return the tensor and read it after the call.',
  WAIT: 'Wait after the call.',
};

/** A reason in words; `found` says what was expected and what came. */
export function fallback(
  cause: FallbackCause,
  found: string,
  kernel: string | null = null,
  param: string | null = null,
): CaptureFallback {
  return { cause, kernel, param, message: `capture: expected ${found}. ${REMEDIES[cause]}` };
}

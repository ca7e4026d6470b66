import { z } from 'zod';
import { CheckpointError } from './checkpoint-error';

/** What a run saw when its numbers stopped being finite. */
export interface Divergence {
  /** The step that failed, 1-based; the checkpoint stands before it. */
  readonly step: number;
  readonly loss: number;
  readonly gradientNorm: number;
  /** Ids of the materials of the step. */
  readonly batch: readonly string[];
  /** The first of each kind with numbers that are not finite, in the order of the computation. */
  readonly notFinite: {
    readonly parameter?: string;
    readonly embedding?: { readonly modality: string; readonly id: string };
    readonly term?: string;
    readonly gradient?: string;
  };
}

/** File of a {@link Divergence} in the checkpoint `diverged`. */
export const diagnosisFile = 'diagnosis.json';

const number = () => z.string().regex(/^(NaN|-?Infinity|-?\d+(\.\d+)?(e[+-]\d+)?)$/);

const divergenceSchema = z.strictObject({
  step: z.int().min(1),
  loss: number(),
  gradientNorm: number(),
  batch: z.array(z.string()),
  notFinite: z.strictObject({
    parameter: z.string().exactOptional(),
    embedding: z.strictObject({ modality: z.string(), id: z.string() }).exactOptional(),
    term: z.string().exactOptional(),
    gradient: z.string().exactOptional(),
  }),
});

/** `diagnosis.json` as text; the numbers are texts, as JSON has no NaN. */
export function encodeDivergence(divergence: Divergence): string {
  const { loss, gradientNorm } = divergence;
  const written = { ...divergence, loss: String(loss), gradientNorm: String(gradientNorm) };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/**
 * Reads `diagnosis.json`.
 *
 * @throws CheckpointError `STATE`
 */
export function decodeDivergence(text: string, file: string): Divergence {
  const result = divergenceSchema.safeParse(parsed(text));
  if (result.success) {
    const { loss, gradientNorm } = result.data;
    return { ...result.data, loss: Number(loss), gradientNorm: Number(gradientNorm) };
  }
  const where = result.error.issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
  const message = `${file}: must be a diagnosis as a run that diverged writes it, got another ${where}. The file was cut short or edited; run again to have it anew.`;
  throw new CheckpointError('STATE', message);
}

/** What was not finite first, in words. */
export function describeNotFinite({ parameter, embedding, term, gradient }: Divergence['notFinite']): string {
  if (parameter !== undefined) return `not finite: parameter ${parameter}`;
  if (embedding) return `not finite: the ${embedding.modality} embedding of ${embedding.id}`;
  if (term !== undefined) return `not finite: loss term ${term}`;
  if (gradient !== undefined) return `not finite: the gradient of ${gradient}`;
  return 'too large for its norm: the gradient as a whole';
}

/** Ids that a sentence names; all of them stand in the file. */
const MOST_NAMED = 8;

/** `a, b, … (12 in all)`. */
export function describeBatch({ batch }: Pick<Divergence, 'batch'>): string {
  const more = batch.length > MOST_NAMED ? `, … (${batch.length} in all)` : '';
  return batch.slice(0, MOST_NAMED).join(', ') + more;
}

/** One sentence on a run that diverged. */
export function describeDivergence({ step, loss, gradientNorm, notFinite }: Divergence): string {
  return `loss ${loss} and gradient norm ${gradientNorm} at step ${step}; first ${describeNotFinite(notFinite)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

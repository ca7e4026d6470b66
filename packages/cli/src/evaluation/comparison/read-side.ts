import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CompareError } from '../../errors/compare-error';
import type { EvaluationDocument } from '../evaluation-document';
import { type SideMetric, sideMetrics } from './side-metrics';

const EVALUATION = 'evaluation.json';
const MOST_BYTES = 256 * 2 ** 20;
const MOST_SEEDS = 1000;

/** One seed of a side. */
export interface SeededEvaluation {
  readonly file: string;
  readonly seed: number;
  readonly split: string;
  /** Digest of the materials. */
  readonly pool: string;
  readonly metrics: readonly SideMetric[];
}

/** What one argument of `bravais compare` stands for: evaluations of one experiment with different seeds. */
export interface Side {
  readonly name: string;
  /** By seed, the smallest first. */
  readonly evaluations: readonly SeededEvaluation[];
}

/**
 * Evaluations of a path: an `evaluation.json`, a folder that has one, or a folder of such folders, a seed each.
 *
 * @throws CompareError `EVALUATION` where there is none or one is damaged, `SEEDS` where two have one seed
 */
export async function readSide(path: string): Promise<Side> {
  const files = await evaluationFiles(path);
  const evaluations = await Promise.all(files.map(readEvaluation));
  evaluations.sort((a, b) => a.seed - b.seed);
  const twice = evaluations.find(({ seed }, at) => evaluations[at + 1]?.seed === seed);
  if (twice) {
    const message = `${path}: evaluations of different seeds expected, got seed ${twice.seed} twice. Keep one experiment in a folder.`;
    throw new CompareError('SEEDS', message);
  }
  return { name: path, evaluations };
}

async function evaluationFiles(path: string): Promise<string[]> {
  if (await isFile(path)) return [path];
  if (await isFile(join(path, EVALUATION))) return [join(path, EVALUATION)];
  const entries = await readdir(path).catch(() => []);
  if (entries.length <= MOST_SEEDS) {
    const inside = entries.toSorted().map((entry) => join(path, entry, EVALUATION));
    const there = await Promise.all(inside.map(isFile));
    const found = inside.filter((_, at) => there[at]);
    if (found.length > 0) return found;
  }
  const message = `${path}: ${EVALUATION}, a run with one or a folder of up to ${MOST_SEEDS} such runs expected, got none. Write it with: bravais evaluate RUN --out RUN`;
  throw new CompareError('EVALUATION', message);
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

async function readEvaluation(file: string): Promise<SeededEvaluation> {
  const { size } = await stat(file);
  if (size > MOST_BYTES) throw damaged(file, `${size} bytes`);
  try {
    const document = JSON.parse(await readFile(file, 'utf8')) as EvaluationDocument;
    const { seed, split, pool } = document;
    if (!Number.isSafeInteger(seed) || typeof split !== 'string' || typeof pool !== 'string')
      throw damaged(
        file,
        `a document without seed, split and pool, as older versions of ${basename(file)} are`,
      );
    return { file, seed, split, pool, metrics: sideMetrics(document, file) };
  } catch (cause) {
    if (cause instanceof CompareError) throw cause;
    throw damaged(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function damaged(file: string, got: string, cause?: unknown): CompareError {
  const message = `${file}: an evaluation as bravais evaluate writes it expected, got ${got}. Evaluate the run again.`;
  return new CompareError('EVALUATION', message, { cause });
}

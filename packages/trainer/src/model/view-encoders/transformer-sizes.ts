import type { z } from 'zod';
import { count } from '../../config/fields';

/** Sizes of a transformer's blocks. */
export interface TransformerSizes {
  /** Features of a token. */
  readonly features: number;
  /** Heads of a block's attention. */
  readonly heads: number;
  /** Features of a head. */
  readonly headFeatures: number;
  /** Width of the hidden layer of a block's perceptron. */
  readonly hidden: number;
  /** Blocks of attention and perceptron. */
  readonly blocks: number;
}

/** The fields of {@link TransformerSizes} with their defaults. */
export const transformerFields: Readonly<Record<keyof TransformerSizes, z.ZodDefault<z.ZodInt>>> = {
  features: count(16_384).default(64).describe('Features of a token.'),
  heads: count(1024).default(4).describe("Heads of a block's attention."),
  headFeatures: count(1024).default(16).describe('Features of a head.'),
  hidden: count(65_536).default(256).describe("Width of the hidden layer of a block's perceptron."),
  blocks: count(256).default(2).describe('Blocks of attention and perceptron.'),
};

/** The sizes in words, `2 blocks of 64 features, 4 heads of 16`. */
export function describeTransformer({ features, heads, headFeatures, blocks }: TransformerSizes): string {
  return `${blocks} blocks of ${features} features, ${heads} heads of ${headFeatures}`;
}

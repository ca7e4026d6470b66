import { VIEW_FORMS, type ViewName } from '@bravais/datasets';
import { z } from 'zod';
import { structureSchema } from '../../model/structure-encoders';
import { type ViewEncoderConfig, viewEncoderSchema } from '../../model/view-encoders';
import { VIEWS } from '../../model/views';
import type { ModelConfig } from '../experiment-config';
import { count } from '../fields';

const viewsSchema = z
  .strictObject(
    Object.fromEntries(
      VIEWS.map((view) => [view, viewEncoderSchema(VIEW_FORMS[view]).exactOptional()]),
    ) as Record<ViewName, z.ZodExactOptional<z.ZodType<ViewEncoderConfig>>>,
  )
  .describe('Encoders of the views besides the structure; only views named here are aligned.');

/** The section `model`. */
export const modelSchema: z.ZodType<ModelConfig> = z
  .strictObject({
    embeddingDim: count(16_384).default(128).describe('Size of the shared latent space.'),
    structure: structureSchema.exactOptional(),
    views: viewsSchema.prefault({}),
  })
  .describe('One encoder for each modality, all into one latent space.');

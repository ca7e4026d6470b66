import type { NamedTensors } from '@bravais/datasets';
import { dumpConfig } from '../config/dump-config';
import type { ExperimentConfig } from '../config/experiment-config';
import { describeAlignmentLoss } from '../model/alignment-losses';
import { describeStructureEncoder } from '../model/structure-encoders';
import { describeViewEncoder } from '../model/view-encoders';
import { modalitiesOf, viewsOf } from '../model/views';
import { describeTarget } from '../targets/target-kinds';
import type { TrainerProgress } from './trainer-state';

/** What a model card tells. */
export interface ModelCardFacts {
  readonly config: ExperimentConfig;
  readonly progress: TrainerProgress;
  readonly model: NamedTensors;
  /** Scores worth showing, by metric name; may be empty. */
  readonly scores: Readonly<Record<string, number>>;
}

/** Markdown README of a checkpoint: what was trained on what, its scores, the files, and the whole config. No dates, no paths of the machine. */
export function modelCard({ config, progress, model, scores }: ModelCardFacts): string {
  const { structure } = config.model;
  const parameters = [...model.values()].reduce((sum, { data }) => sum + data.length, 0);
  const parts = [
    '---\nlibrary_name: bravais\ntags:\n- materials\n- crystal-structure\n- contrastive-learning\n---',
    `# ${config.name}`,
    config.description,
    config.loss
      ? `One latent space of ${config.model.embeddingDim} dimensions for ${modalitiesOf(config.model).join(', ')}.`
      : `Embeddings of ${config.model.embeddingDim} dimensions of ${modalitiesOf(config.model).join(', ')}.`,
    factsTable([
      ['data', describeData(config)],
      ...(structure
        ? [['structure encoder', describeStructureEncoder(structure)] satisfies [string, string]]
        : []),
      ...viewsOf(config.model).map((view): [string, string] => [
        `${view} encoder`,
        describeViewEncoder(config.model.views[view]!),
      ]),
      ['loss', describeAlignmentLoss(config.loss)],
      ...Object.entries(config.targets ?? {}).map(([name, target]): [string, string] => [
        `target ${name}`,
        describeTarget(target),
      ]),
      ['stored numbers', String(parameters)],
      ['trained', `${progress.step} steps, seed ${progress.seed}`],
    ]),
    '## Scores',
    scoresText(scores, progress),
    '## Files',
    [
      '- `model.safetensors`: weights and running statistics, by name',
      '- `optimizer.safetensors`: state of the optimiser, needed to resume',
      '- `trainer-state.json`: progress, and size and SHA-256 of the other files',
      '- `config.yaml`, `config.json`: the experiment with every default written out',
    ].join('\n'),
    '## Config',
    `\`\`\`yaml\n${dumpConfig(config)}\`\`\``,
  ];
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`;
}

const SETS: Readonly<Record<ExperimentConfig['data']['source'], string>> = {
  reference: 'Bravais reference set: real crystal structures, simulated phonon DOS (mass-and-spring model)',
  'jarvis-phdos':
    'JARVIS phonon DOS (computed, OptB88vdW) joined to Materials Project structures, tier {tier}',
  'multimat-sample':
    'MultiMat sample of the Materials Project: computed electronic DOS and charge density, vectors of descriptions',
  'mp-crystals':
    'Materials Project crystals (CC BY 4.0) with formation energy and PBE gap, MEGNet snapshot 2018.6.1',
  obelix: 'OBELiX: lithium electrolytes with measured ionic conductivity (CC BY 4.0)',
  stored: 'A data set on disk; its card names the sources',
};

function describeData({ data }: ExperimentConfig): string {
  const set = SETS[data.source].replace('{tier}', data.tier);
  return data.limit === undefined ? set : `${set}; at most ${data.limit} materials of each split`;
}

function scoresText(scores: Readonly<Record<string, number>>, { best }: TrainerProgress): string {
  const rows = Object.entries(scores).map(([name, value]): [string, string] => [name, value.toPrecision(4)]);
  if (rows.length > 0) return factsTable(rows);
  if (best)
    return factsTable([[`${best.metric} (best, after step ${best.step})`, best.value.toPrecision(4)]]);
  return 'Not evaluated yet.';
}

function factsTable(rows: readonly (readonly [string, string])[]): string {
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

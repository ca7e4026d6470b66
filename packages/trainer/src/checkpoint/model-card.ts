import type { NamedTensors } from '@bravais/datasets';
import { dumpConfig } from '../config/dump-config';
import type { ExperimentConfig } from '../config/experiment-config';
import { describeAlignmentLoss } from '../model/alignment-losses';
import { describeStructureEncoder } from '../model/structure-encoders';
import { describeViewEncoder } from '../model/view-encoders';
import { modalitiesOf, viewsOf } from '../model/views';
import { describeTarget } from '../targets/target-kinds';
import { type Divergence, describeBatch, describeNotFinite } from './divergence';
import { describeAverages, describePatience } from './run-ending';
import { describeVersions, type SoftwareVersions } from './software-versions';
import type { BestScore } from './trainer-state';

/** What a model card tells. */
export interface ModelCardFacts {
  readonly config: ExperimentConfig;
  readonly step: number;
  readonly model: NamedTensors;
  /** Scores worth showing, by metric name; may be empty. */
  readonly scores: Readonly<Record<string, number>>;
  /** Told where there are no scores. */
  readonly best?: BestScore | null;
  /** How the run stands, in words. */
  readonly ending?: string;
  /** Of a run that diverged. */
  readonly divergence?: Divergence;
  readonly versions?: SoftwareVersions;
  /** Whether `tokenizer.json` lies beside the weights. */
  readonly hasTokenizer?: boolean;
}

/**
 * Markdown README of a model: what was trained on what, its scores, licences of the data, the files, and the whole config. No dates, no
 * paths of the machine.
 *
 * @param form a whole checkpoint, or the model by itself
 */
export function modelCard(facts: ModelCardFacts, form: 'checkpoint' | 'model'): string {
  const { config, model } = facts;
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
      ['trained', `${facts.step} steps, seed ${config.seed}`],
      ...(facts.ending === undefined ? [] : [['run', facts.ending] satisfies [string, string]]),
      ['averages', describeAverages(config)],
      ['early stopping', describePatience(config)],
      ['versions', describeVersions(facts.versions)],
    ]),
    ...(facts.divergence ? ['## Diagnosis', diagnosisTable(facts.divergence)] : []),
    '## Scores',
    scoresText(facts),
    '## Data and licences',
    LICENCES[config.data.source],
    '## Files',
    filesText(facts, form),
    '## Config',
    `\`\`\`yaml\n${dumpConfig(config)}\`\`\``,
  ];
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`;
}

const FILES: Readonly<Record<'checkpoint' | 'model', readonly string[]>> = {
  checkpoint: [
    '- `model.safetensors`: weights, running statistics and fitted preprocessing, by name; whole by itself',
    '- `optimizer.safetensors`: state of the optimiser, needed to resume',
    '- `trainer-state.json`: progress, versions, and size and SHA-256 of the other files',
    '- `config.yaml`, `config.json`: the experiment with every default written out',
  ],
  model: [
    '- `model.safetensors`: weights, running statistics and fitted preprocessing, by name, and in the metadata the config below; for `bravais predict`, `embed` and `evaluate`, and for `loadModel`',
  ],
};

function filesText({ divergence, hasTokenizer }: ModelCardFacts, form: 'checkpoint' | 'model'): string {
  return [
    ...FILES[form],
    ...(hasTokenizer
      ? [
          '- `tokenizer.json`: the tokenizer of the texts, for people and for the library `tokenizers`; equal to the one in the weights',
        ]
      : []),
    ...(divergence ? ['- `diagnosis.json`: the diagnosis above, with the whole batch'] : []),
  ].join('\n');
}

function diagnosisTable(divergence: Divergence): string {
  const { step, loss, gradientNorm, notFinite } = divergence;
  return factsTable([
    ['failed', `step ${step}; the weights here are those before it`],
    ['loss', String(loss)],
    ['gradient norm', String(gradientNorm)],
    ['first', describeNotFinite(notFinite)],
    ['batch', describeBatch(divergence)],
  ]);
}

const MATERIALS_PROJECT =
  'Materials Project, CC BY 4.0: A. Jain et al., APL Materials 1, 011002 (2013), doi 10.1063/1.4812323';

const LICENCES: Readonly<Record<ExperimentConfig['data']['source'], string>> = {
  reference: 'Facts and simulations of the package itself, under its licence.',
  'jarvis-phdos': `- Spectra: JARVIS-DFT of NIST, work of US-government employees, free use with notice: K. Choudhary et al., npj Computational Materials 6, 173 (2020), doi 10.1038/s41524-020-00440-1\n- Structures: ${MATERIALS_PROJECT}\n- Descriptions, where the model takes them: Robocrystallographer, A. M. Ganose and A. Jain, MRS Communications 9, 874 (2019)`,
  'synthesis-recipes': `- Recipes: text-mined synthesis of the Ceder group, no licence file: O. Kononova et al., Scientific Data 6, 203 (2019)\n- Structures: ${MATERIALS_PROJECT}`,
  'neu-det':
    'NEU surface defects, no licence file, for research with citation: K. Song and Y. Yan, Applied Surface Science 285, 858 (2013)',
  'magnetic-tile':
    'Magnetic tile defects, no licence file, for research with citation: Y. Huang et al., The Visual Computer 36, 85 (2020)',
  'multimat-sample': `- ${MATERIALS_PROJECT}\n- The sample of it: MultiMat, MIT`,
  'mp-crystals': `- Structures: ${MATERIALS_PROJECT}\n- Targets and split: the MEGNet snapshot 2018.6.1 as the JARVIS-Leaderboard of NIST has it, free use with notice`,
  obelix: 'OBELiX, CC BY 4.0: F. Therrien et al., arXiv 2502.14234 (2025)',
  stored: 'The card of the data set names sources and licences.',
};

const SETS: Readonly<Record<ExperimentConfig['data']['source'], string>> = {
  reference: 'Bravais reference set: real crystal structures, simulated phonon DOS (mass-and-spring model)',
  'jarvis-phdos':
    'JARVIS phonon DOS (computed, OptB88vdW) joined to Materials Project structures, tier {tier}',
  'synthesis-recipes': 'Text-mined synthesis recipes joined to Materials Project structures of their targets',
  'neu-det': 'NEU surface defects of hot-rolled steel, photographs with labels',
  'magnetic-tile': 'Surface defects of magnetic tiles, photographs with labels',
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

function scoresText({ scores, best }: ModelCardFacts): string {
  const rows = Object.entries(scores).map(([name, value]): [string, string] => [name, value.toPrecision(4)]);
  if (rows.length > 0) return factsTable(rows);
  if (best)
    return factsTable([[`${best.metric} (best, after step ${best.step})`, best.value.toPrecision(4)]]);
  return 'Not evaluated yet.';
}

function factsTable(rows: readonly (readonly [string, string])[]): string {
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

import {
  describeAlignmentLoss,
  describeAverages,
  describeBatch,
  describeDivergence,
  describePatience,
  describeStructureEncoder,
  describeVersions,
  describeViewEncoder,
  viewsOf,
} from '@bravais/trainer';
import type { ReportInput } from '../report-input';
import { escapeHtml } from './escape-html';

function encodersOf({ model }: ReportInput['config']): string[] {
  return [
    ...(model.structure ? [describeStructureEncoder(model.structure)] : []),
    ...viewsOf(model).map((view) => `${view}: ${describeViewEncoder(model.views[view]!)}`),
  ];
}

/** Where the materials are from, and what was chosen of them. */
function originOf({ source, tier, fold = 0, all, split }: ReportInput['config']['data']): string {
  const parts: Partial<Record<typeof source, string>> = {
    reference: 'embedded reference set (every view but the structure is simulated)',
    'jarvis-phdos': `${source}, tier ${tier}`,
    'multimat-sample': `${source}, fold ${fold}${all ? ', also materials that lack modalities' : ''}`,
  };
  return `${parts[source] ?? source}${split === undefined ? '' : `, split by ${split}`}`;
}

/** How the run went, as far as its folder told. */
function historyFacts({ history }: ReportInput): [string, string][] {
  if (!history) return [['run', 'not recorded']];
  const { ending, versions, divergence } = history;
  return [
    ['run', ending],
    ['versions', describeVersions(versions)],
    ...(divergence
      ? [
          [
            'diagnosis',
            `${describeDivergence(divergence)}; its batch: ${describeBatch(divergence)}`,
          ] satisfies [string, string],
        ]
      : []),
  ];
}

/** What was run, as a list of names and values. */
export function runFacts(input: ReportInput): string {
  const { config, evaluation } = input;
  const { data, model, loss, optim, training } = config;
  const length = training.steps === undefined ? `${training.epochs} epochs` : `${training.steps} steps`;
  const facts: [string, string][] = [
    ['data', originOf(data)],
    ['measured on', `${evaluation.materials} materials of the ${evaluation.split} split`],
    ['model', `${encodersOf(config).join('; ')}; into ${model.embeddingDim} dimensions`],
    ['loss', describeAlignmentLoss(loss)],
    ['training', `${length}, batch ${training.batchSize}, learning rate ${optim.learningRate}`],
    ['averages', describeAverages(config)],
    ['early stopping', describePatience(config)],
    ...historyFacts(input),
    ['checkpoint', `step ${evaluation.step}`],
    ['seed', String(evaluation.seed)],
    ['adapter', evaluation.adapter],
    ['config hash', evaluation.configHash.slice(0, 12)],
  ];
  const rows = facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('');
  return `<dl class="facts">${rows}</dl>`;
}

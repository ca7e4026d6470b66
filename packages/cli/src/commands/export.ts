import { Command } from 'commander';
import { UsageError } from '../errors/cli-error';
import { formatBytes } from '../output/format-number';
import { addCommonOptions, type CommonOptions, type Run } from './common-options';
import type { CommandOutcome } from './session';

/** `bravais export MODEL --out FOLDER`: a trained model by itself, to keep or to give away. */
export function exportCommand(run: Run): Command {
  const command = new Command('export')
    .description('write a trained model by itself: weights with their config, and a model card')
    .argument('<model>', 'folder of a run (its best checkpoint, else its last) or of one checkpoint');
  return addCommonOptions(command, {
    out: 'folder for model.safetensors and README.md; one that is there is replaced',
    seed: 'changes nothing here',
    set: 'changes nothing here',
    resume: 'changes nothing here',
    example: 'bravais export runs/b2-e-form --out models/formation-energy',
  }).action((model: string, options: CommonOptions) => run(options, () => exportTo(model, options.out)));
}

async function exportTo(model: string, out: string | undefined): Promise<CommandOutcome> {
  if (out === undefined) {
    throw new UsageError('export: --out must name the folder to write, got none. Add --out models/NAME.');
  }
  const { exportModel } = await import('@bravais/trainer/node');
  const { folder, bytes } = await exportModel(model, out);
  return {
    exitCode: 0,
    text: `${folder}: model.safetensors, ${formatBytes(bytes)}, and README.md`,
    document: { ok: true, command: 'export', model, folder, bytes },
  };
}

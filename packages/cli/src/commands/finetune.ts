import { Command } from 'commander';
import type { Run } from './common-options';
import { addTrainingOptions, type PretrainCommandOptions, trainExperiment } from './pretrain';

interface FinetuneCommandOptions extends PretrainCommandOptions {
  readonly init?: string;
}

/** `bravais finetune CONFIG --init RUN`: trains an experiment from the encoders of another run. */
export function finetuneCommand(run: Run): Command {
  const command = new Command('finetune')
    .description('train an experiment that starts from the encoders of another run')
    .option('--init <run>', 'the run to start from; the same as --set init.checkpoint=<run>');
  return addTrainingOptions(
    command,
    'bravais finetune experiments/b2-gap.yaml --init runs/b1-first --out runs/gap-from-b1',
  ).action((config: string, { init, ...options }: FinetuneCommandOptions) => {
    const set = [...(options.set ?? []), ...(init === undefined ? [] : [`init.checkpoint=${init}`])];
    const whole = { ...options, set };
    return run(whole, (session) => trainExperiment('finetune', config, whole, session));
  });
}

import { Command, CommanderError } from 'commander';
import { calibrateCommand } from './commands/calibrate';
import type { CommonOptions, Run } from './commands/common-options';
import { compareCommand } from './commands/compare';
import { configCommand } from './commands/config';
import { convertCommand } from './commands/convert';
import { dataCommand } from './commands/data';
import { demoCommand } from './commands/demo';
import { doctorCommand } from './commands/doctor';
import { embedCommand } from './commands/embed';
import { evaluateCommand } from './commands/evaluate';
import { explainCommand } from './commands/explain';
import { exportCommand } from './commands/export';
import { finetuneCommand } from './commands/finetune';
import { inspectCommand } from './commands/inspect';
import { predictCommand } from './commands/predict';
import { pretrainCommand } from './commands/pretrain';
import { studyCommand } from './commands/study';
import { describeFailure, type ExitCode } from './errors/describe-failure';
import { formatFailure } from './errors/format-failure';
import { Output, type OutputStream } from './output/output';
import type { Services } from './services/services';
import { version } from './version';

/** Everything the command line touches. */
export interface CliContext {
  /** Arguments after the program's name. */
  readonly argv: readonly string[];
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly services: Services;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Clock that never goes back, in ms. */
  readonly nowMs: () => number;
}

/**
 * Runs one command line and returns its exit code: 0 done, 1 failed while running, 2 usage or config error, 130 stopped by Ctrl-C.
 *
 * With `--json`, stdout gets exactly one JSON document, whatever happens. Nothing is thrown.
 *
 * @example
 * const { stdout, stderr } = process;
 * const services = realServices();
 * const { signal } = new AbortController();
 * await runCli({ argv: ['doctor', '--json'], stdout, stderr, services, signal, nowMs: () => performance.now() });
 */
export async function runCli(context: CliContext): Promise<ExitCode> {
  const json = context.argv.includes('--json');
  const output = new Output(context.stdout, context.stderr);
  const print = (document: object, text: string): void =>
    output.print(json ? JSON.stringify(document) : text);
  let exitCode: ExitCode = 0;
  const run: Run = async (options, work) => {
    const outcome = await work(openSession(context, options));
    if (!json && outcome.exitCode === 130) output.complain(outcome.text);
    else if (json || outcome.text !== '') print(outcome.document, outcome.text);
    exitCode = outcome.exitCode;
  };
  let told = '';
  const program = createProgram(run).configureOutput({
    writeOut: (text) => {
      told += text;
    },
    writeErr: (text) => {
      if (!json) context.stderr.write(text);
    },
    // Said once, below.
    outputError: () => undefined,
    getOutHelpWidth: () => context.stdout.columns ?? 80,
    getErrHelpWidth: () => context.stderr.columns ?? 80,
  });
  inheritSettings(program);
  try {
    await program.parseAsync(context.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      print({ ok: true, text: told.trim() }, told.trimEnd());
      return 0;
    }
    return reportFailure(error, output, json);
  }
}

/** A command that was made on its own takes over how its parent writes and ends. */
function inheritSettings(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inheritSettings(command);
  }
}

function createProgram(run: Run): Command {
  const program = new Command('bravais')
    .description('Align every view of a material in one latent space, on WebGPU.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print help')
    .exitOverride();
  const commands = [
    doctorCommand,
    pretrainCommand,
    finetuneCommand,
    evaluateCommand,
    compareCommand,
    explainCommand,
    studyCommand,
    demoCommand,
    embedCommand,
    predictCommand,
    exportCommand,
    calibrateCommand,
    inspectCommand,
    convertCommand,
    configCommand,
    dataCommand,
  ];
  for (const create of commands) {
    program.addCommand(create(run).version(version, '--version', 'print the version'));
  }
  return program;
}

function openSession(
  { services, stdout, stderr, signal, nowMs }: CliContext,
  options: CommonOptions,
): Parameters<Parameters<Run>[1]>[0] {
  return { services, output: new Output(stdout, stderr, options.quiet === true), signal, nowMs };
}

function reportFailure(error: unknown, output: Output, json: boolean): ExitCode {
  const failure = describeFailure(error);
  const { code, message, exitCode, stack } = failure;
  if (json) output.print(JSON.stringify({ ok: false, error: { code, message } }));
  // The document has room for the message only.
  if (!json || stack !== undefined) output.complain(formatFailure(failure));
  return exitCode;
}

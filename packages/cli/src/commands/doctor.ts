import { join } from 'node:path';
import type { AdapterDescription } from '@bravais/tensor-core';
import { Command } from 'commander';
import { benchFacts } from '../bench/bench-facts';
import type { DeviceBench } from '../bench/device-bench';
import { deviceFacts } from '../doctor/describe-device';
import { examineMachine, type MachineFacts } from '../doctor/examine-machine';
import { describeFailure } from '../errors/describe-failure';
import { writeResult } from '../files/write-result';
import { factsTable } from '../output/facts-table';
import { formatBytes } from '../output/format-number';
import { addCommonOptions, type CommonOptions, type Run } from './common-options';
import type { CommandOutcome, Session } from './session';
import { untilAborted } from './until-aborted';

interface DoctorCommandOptions extends CommonOptions {
  readonly bench?: true;
}

interface DeviceFindings {
  readonly adapter: AdapterDescription;
  readonly bench: DeviceBench | null;
}

/** `bravais doctor`: what this machine has, what it lacks, and what to do about it. */
export function doctorCommand(run: Run): Command {
  const command = new Command('doctor')
    .description('show Node, system, adapter, limits and features, and what to do where something is missing')
    .option(
      '--bench',
      'also measure in about 20 s what it reaches: compute, memory, matrix products, training',
    );
  return addCommonOptions(command, {
    out: 'folder for doctor.json (default: not written)',
    seed: 'changes nothing here',
    set: 'changes nothing here',
    resume: 'changes nothing here',
    example: 'bravais doctor --bench',
  }).action((options: DoctorCommandOptions) => run(options, (session) => doctor(options, session)));
}

async function doctor(options: DoctorCommandOptions, session: Session): Promise<CommandOutcome> {
  const { services, output } = session;
  if (options.set !== undefined || options.seed !== undefined) {
    output.talk('note: --set and --seed change nothing in doctor');
  }
  if (options.out !== undefined) await services.ensureWritable(options.out);
  const machine = examineMachine();
  const outcome = await examineDevice(options, session).then(
    (findings) => healthy(machine, findings),
    (error: unknown) => ill(machine, error),
  );
  if (options.out !== undefined) {
    const document = `${JSON.stringify(outcome.document, null, 2)}\n`;
    await writeResult(join(options.out, 'doctor.json'), document);
  }
  return outcome;
}

async function examineDevice(
  options: DoctorCommandOptions,
  { services, output, signal }: Session,
): Promise<DeviceFindings> {
  const device = await services.openDevice(options);
  try {
    if (!options.bench) return { adapter: device.adapter, bench: null };
    output.talk('measuring; other work on this machine makes it look slower');
    const bench = await untilAborted(signal, services.benchDevice(device, signal));
    return { adapter: device.adapter, bench };
  } finally {
    device.destroy();
  }
}

function healthy(machine: MachineFacts, { adapter, bench }: DeviceFindings): CommandOutcome {
  const measured = bench ? benchFacts(bench) : [];
  return {
    exitCode: 0,
    text: factsTable([...machineFacts(machine), ...deviceFacts(adapter), ...measured]),
    document: { ok: true, command: 'doctor', ...machine, adapter, ...(bench ? { bench } : {}) },
  };
}

/** No device: the machine's facts, then the remedy that the error names. */
function ill(machine: MachineFacts, error: unknown): CommandOutcome {
  const failure = describeFailure(error);
  if (failure.stack !== undefined || failure.exitCode === 130) throw error;
  const { code, message } = failure;
  return {
    exitCode: 1,
    text: `${factsTable([...machineFacts(machine), ['adapter', 'none']])}\n\n${message}`,
    document: { ok: false, command: 'doctor', error: { code, message }, ...machine, adapter: null },
  };
}

function machineFacts(machine: MachineFacts): (readonly [string, string])[] {
  return [
    ['node', machine.node],
    ['system', `${machine.system}, ${machine.architecture}`],
    ['processors', `${machine.cores}, ${formatBytes(machine.memoryBytes)} memory`],
    ...Object.entries(machine.versions).map(([name, version]) => [name, version ?? 'not installed'] as const),
  ];
}

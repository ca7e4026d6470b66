import { BenchUsageError, HELP, parseOptions } from './options';
import { OURS } from './peers/peers';
import type { BenchDocument } from './report/document';
import { fixedCostsTable } from './report/fixed-costs-section';
import { kernelTable, roofText } from './report/kernel-section';
import { sizeNotes, sizeTable } from './report/size-section';
import { startTable } from './report/start-section';
import { workloadNotes, workloadTable } from './report/workload-section';
import { writeReport } from './report/write-report';
import { type BenchPlace, runFixedCosts, runKernels, runSizes, runStart, runWorkloads } from './run-parts';
import { compare } from './runner/comparison';
import { thisMachine } from './runner/machine';

const place: BenchPlace = {
  programs: import.meta.dirname,
  python: process.env.PYTHON || 'python3',
  talk: (line) => process.stderr.write(`${line}\n`),
};

/** Runs the benchmark; the exit code is 1 where our own entry failed or disagrees with the others. */
async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const { parts } = options;
  const workloads = parts.includes('workloads') ? await runWorkloads(options, place) : undefined;
  const sizes = parts.includes('sizes') ? await runSizes(options, place) : undefined;
  const kernels = parts.includes('kernels') ? await runKernels(options, place) : undefined;
  const fixedCosts = parts.includes('launches') ? await runFixedCosts(place) : undefined;
  const start = parts.includes('start') ? await runStart(place) : undefined;
  const document: BenchDocument = {
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    date: new Date().toISOString().slice(0, 10),
    machine: thisMachine(),
    ...(workloads ? { workloads } : {}),
    ...(sizes ? { sizes } : {}),
    ...(kernels ? { kernels } : {}),
    ...(fixedCosts ? { fixedCosts } : {}),
    ...(start ? { start } : {}),
  };
  const { cpu, cores, node } = document.machine;
  console.log(`${cpu}, ${cores} cores, Node ${node}`);
  if (workloads) {
    const adapter = workloads.rows.find(({ peer }) => peer === OURS)?.adapter ?? 'no adapter';
    console.log(['', adapter, workloadTable(workloads), ...workloadNotes(workloads)].join('\n'));
  }
  if (sizes) console.log(['', sizes.adapter, sizeTable(sizes), ...sizeNotes(sizes)].join('\n'));
  if (kernels) console.log(['', `${kernels.adapter}. ${roofText(kernels)}`, kernelTable(kernels)].join('\n'));
  if (fixedCosts) console.log(`\n${fixedCostsTable(fixedCosts)}`);
  if (start) console.log(`\n${startTable(start)}`);
  console.log(`\n${(await writeReport(options.out, document)).join('\n')}`);
  return workloads && !isSound(workloads) ? 1 : 0;
}

function isSound({ rows, peers, failures }: NonNullable<BenchDocument['workloads']>): boolean {
  const disagrees = compare(rows, peers).some(({ disagree }) => disagree.includes(OURS));
  return !disagrees && !failures.some(({ peer }) => peer === OURS);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BenchUsageError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 2;
}

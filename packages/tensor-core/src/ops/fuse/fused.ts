import { type Computation, defineComputation } from './computation';
import { differentiate } from './differentiate';
import { valueLines } from './lines';
import { type Program, programKey, type Slot } from './program';

/** What can be launched of a program: its value, and its gradient with respect to chosen inputs. */
export interface Fused {
  /** The op's name in errors. */
  readonly name: string;
  readonly program: Program;
  readonly value: Computation;
  /** Where dL/d(input) is kept for each input: `null` without a gradient, `g` for dL/d(result) itself. */
  readonly gradients: readonly (Slot | null)[];
  /** The launch that makes these gradients. */
  gradient(results: readonly Slot[]): Computation;
}

const made = new Map<string, Fused>();

/**
 * The computations of a program; the same ones whenever the same program comes again under the same label.
 *
 * @param label names its kernels
 */
export function fused(name: string, program: Program, label: string = name): Fused {
  const key = `${label}: ${programKey(program)}`;
  let found = made.get(key);
  if (!found) {
    found = describe(name, program, label);
    made.set(key, found);
  }
  return found;
}

function describe(name: string, program: Program, label: string): Fused {
  const { lines, gradients } = differentiate(program);
  const backward = new Map<string, Computation>();
  return {
    name,
    program,
    value: defineComputation(label, valueLines(program), [program.result]),
    gradients,
    gradient(results) {
      const key = results.join();
      let computation = backward.get(key);
      if (!computation) {
        computation = defineComputation(`${label} vjp`, lines, results);
        backward.set(key, computation);
      }
      return computation;
    },
  };
}

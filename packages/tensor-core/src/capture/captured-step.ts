import { flattenTree, mapTree, type Tree } from '../autograd';
import type { Device } from '../device';
import { TensorError } from '../errors';
import type { KeyTensor } from '../random';
import type { Storage } from '../runtime/storage';
import { scoped, Tensor } from '../tensor';
import { upload } from '../tensor/create';
import { firstDifference } from './compare';
import type { CaptureFallback } from './fallback';
import { type DescribedInputs, describeInputs, type InputLeaf } from './inputs';
import { KeyPlan } from './key-plan';
import { Recorder, type StepMemory } from './recorder';
import { Recording } from './recording';
import { Signature } from './signature';

/** What a captured step has done so far. */
export interface CaptureStats {
  /** Kinds of input that were recorded for replay. */
  readonly captures: number;
  /** Calls that were replayed, and calls that ran the function. */
  readonly replays: number;
  readonly eager: number;
  /** Kinds of input kept at the moment, recorded once or ready. */
  readonly signatures: number;
  /** Why every call runs eagerly; `null` as long as none need to. */
  readonly fallback: CaptureFallback | null;
}

export interface CaptureOptions {
  /**
   * Most kinds of input (nesting, types, extents, plain values) to keep recordings of; the one not used for
   * longest goes first. Default 32.
   */
  readonly mostRecordings?: number;
  /** Called once, when the step turns out to be impossible to capture. */
  readonly onFallback?: (reason: CaptureFallback) => void;
}

/** The recordings of a step; {@link capture} is its public face. */
export class StepCapture<Inputs, Results extends Tree | undefined> {
  readonly #device: Device;
  readonly #work: (inputs: Inputs) => Results;
  readonly #mostRecordings: number;
  readonly #onFallback: ((reason: CaptureFallback) => void) | undefined;
  readonly #memory: StepMemory;
  /** The least recently used first. */
  readonly #signatures = new Map<string, Signature<Results>>();
  readonly #keys = new Map<string, KeyPlan>();
  /** Results of the latest call. */
  #open: Tensor[] = [];
  #fallback: CaptureFallback | null = null;
  #disposed = false;
  #evictions = 0;
  readonly #counts = { captures: 0, replays: 0, eager: 0 };

  constructor(device: Device, work: (inputs: Inputs) => Results, options: CaptureOptions) {
    this.#device = device;
    this.#work = work;
    const { mostRecordings = 32 } = options;
    if (!Number.isInteger(mostRecordings) || mostRecordings < 1) {
      throw new TensorError(
        'ARGUMENT',
        `capture: mostRecordings must be a positive integer, got ${mostRecordings}. Leave it out for 32.`,
      );
    }
    this.#mostRecordings = mostRecordings;
    this.#onFallback = options.onFallback;
    this.#memory = { intermediates: device.recordings.reserve(), lasting: device.recordings.reserve() };
  }

  get stats(): CaptureStats {
    return { ...this.#counts, signatures: this.#signatures.size, fallback: this.#fallback };
  }

  call(inputs: unknown): Results {
    this.#checkCallable();
    const described = describeInputs(inputs);
    for (const leaf of described.leaves) if (leaf.kind === 'key') this.#planOf(leaf.path).set(leaf.key);
    const results = this.#fallback ? this.#runEagerly(described) : this.#runCaptured(described);
    this.#open = results ? flattenTree(results).map(([, tensor]) => tensor) : [];
    return results;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#closeResults();
    this.#letGo();
    for (const plan of this.#keys.values()) plan.release();
  }

  #runEagerly(described: DescribedInputs): Results {
    const results = scoped(this.#device, () =>
      this.#run(described, ({ path, source, shape }) =>
        source instanceof Tensor ? source.detach() : upload(this.#device, source, shape, `input ${path}`),
      ),
    );
    this.#counts.eager++;
    return results;
  }

  #runCaptured(described: DescribedInputs): Results {
    const signature = this.#signatureOf(described);
    signature.feed(described.leaves);
    if (!signature.recording) return this.#record(signature, described);
    this.#closeResults();
    this.#counts.replays++;
    return signature.recording.replay();
  }

  #record(signature: Signature<Results>, described: DescribedInputs): Results {
    const recorder = new Recorder(this.#memory);
    const { recordings } = this.#device;
    let run: { result: Results; bytes: number };
    try {
      run = recordings.record(recorder, () =>
        scoped(this.#device, () => this.#run(described, ({ path }) => signature.open(path))),
      );
    } catch (error) {
      recorder.release();
      throw error;
    }
    this.#counts.eager++;
    const { first } = signature;
    const reason = recorder.obstacle ?? (first && firstDifference(first, recorder));
    if (reason) {
      recorder.release();
      this.#fallBack(reason);
    } else if (first) {
      first.release();
      signature.first = null;
      signature.recording = new Recording(this.#device, recorder, run.bytes, run.result);
      this.#counts.captures++;
    } else {
      signature.first = recorder;
    }
    return run.result;
  }

  /** Runs the function; its results are tensors of their own, whatever it returned. */
  #run(
    { leaves, fill }: DescribedInputs,
    open: (leaf: Extract<InputLeaf, { kind: 'tensor' }>) => Tensor,
  ): Results {
    const values = leaves.map((leaf): Tensor | KeyTensor =>
      leaf.kind === 'key' ? this.#planOf(leaf.path).root : open(leaf),
    );
    this.#closeResults();
    const results = this.#work(fill(values) as Inputs);
    if (results instanceof Promise) {
      throw new TensorError(
        'ARGUMENT',
        'captured step: expected a synchronous function, got a promise. Return the tensors and read them after the call.',
      );
    }
    return results && mapTree(results, (tensor) => tensor.detach());
  }

  #fallBack(reason: CaptureFallback): void {
    this.#fallback = reason;
    this.#letGo();
    this.#onFallback?.(reason);
  }

  #signatureOf({ signature: name, leaves }: DescribedInputs): Signature<Results> {
    let signature = this.#signatures.get(name);
    if (signature) {
      this.#signatures.delete(name);
    } else {
      if (this.#signatures.size >= this.#mostRecordings) this.#evict();
      signature = new Signature(this.#device, leaves, this.#memory);
    }
    this.#signatures.set(name, signature);
    return signature;
  }

  #evict(): void {
    const [name, signature] = this.#signatures.entries().next().value!;
    this.#signatures.delete(name);
    const wasReady = signature.recording !== null;
    signature.release();
    this.#evictions++;
    // Runs that are not recorded use the same memory again and again: it is looked through once a turn-over.
    if (wasReady || this.#evictions % this.#mostRecordings === 0) this.#trim();
  }

  /** Destroys memory that no recording refers to any more. */
  #trim(): void {
    const used = new Set<Storage>();
    for (const { recording } of this.#signatures.values()) {
      for (const storage of recording?.storages ?? []) used.add(storage);
    }
    this.#memory.intermediates.trim(0, (storage) => used.has(storage));
    this.#memory.lasting.trim();
  }

  #letGo(): void {
    for (const signature of this.#signatures.values()) signature.release();
    this.#signatures.clear();
    this.#memory.intermediates.retire();
    this.#memory.lasting.retire();
  }

  #closeResults(): void {
    for (const tensor of this.#open) tensor.dispose();
    this.#open = [];
  }

  #planOf(path: string): KeyPlan {
    let plan = this.#keys.get(path);
    if (!plan) {
      plan = new KeyPlan(this.#device, this.#memory.lasting);
      this.#keys.set(path, plan);
    }
    return plan;
  }

  #checkCallable(): void {
    if (this.#disposed) {
      throw new TensorError(
        'DISPOSED',
        'captured step: expected a live one, got a call after its disposal. Capture the function again.',
      );
    }
    if (this.#device.recordings.active) {
      throw new TensorError(
        'ARGUMENT',
        'captured step: expected a call on its own, got one inside another captured step. Call the function itself there.',
      );
    }
  }
}

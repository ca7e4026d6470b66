import { foldIn, type Key, permutation } from '@bravais/tensor-core/random';
import { type BatchSequence, stepsPerEpoch } from './batch-order';
import { completeBatch, type Group, type Usage } from './complete-batch';

/**
 * Which materials are in the batch of a step where some lack modalities: a pure function of (key, step), as `BatchOrder` is.
 *
 * With n materials, S = ⌊n / batchSize⌋ batches in an epoch and G groups of modalities that at least two materials have:
 *
 * - An epoch deals a fresh permutation like cards: materials of the same groups go to one batch after the other, those of the
 *   rarest group first. Numbers of materials of the same groups differ by at most 1 between batches, and so does the
 *   number of those that have the rarest group.
 * - A batch that holds fewer than two materials of a group then gets others that have it, in the place of materials which no
 *   group needs there. So every batch holds at least two of each group where batchSize ≥ 2G; where it is smaller, the groups take turns.
 *
 * In an epoch a material appears at most once, unless it has a group that was dealt fewer than twice to some batch: then at most
 * 1 + (c + 2SG) / (c - 1) times, c being the size of its smallest group. Such a group adds at most 2S appearances, by the least used of its
 * materials first. As many materials are left out of the epoch, beside the n - S·batchSize that any order leaves out. No batch
 * holds a material twice.
 */
export class PairedBatchOrder implements BatchSequence {
  readonly #key: Key;
  readonly #materials: number;
  readonly #batchSize: number;
  readonly #groups: readonly Group[];
  #epoch = -1;
  #batches: readonly Int32Array[] = [];

  /** @param masks for each group, 1 for every material that has it; groups that fewer than two materials have are passed over */
  constructor(key: Key, masks: readonly ArrayLike<number>[], materials: number, batchSize: number) {
    this.#key = key;
    this.#materials = materials;
    this.#batchSize = Math.min(batchSize, materials);
    this.#groups = masks
      .map((mask) => ({ mask, rows: Array.from(mask, (_, row) => row).filter((row) => mask[row] !== 0) }))
      .filter(({ rows }) => rows.length >= 2)
      .sort((a, b) => a.rows.length - b.rows.length);
  }

  /** Positions of the materials in the batch of a step, counted from 0. */
  at(step: number): Int32Array {
    const steps = stepsPerEpoch(this.#materials, this.#batchSize);
    const epoch = Math.floor(step / steps);
    if (epoch !== this.#epoch) {
      this.#batches = this.#epochBatches(epoch, steps);
      this.#epoch = epoch;
    }
    return this.#batches[step % steps]!.slice();
  }

  #epochBatches(epoch: number, steps: number): Int32Array[] {
    const order = permutation(foldIn(this.#key, epoch), this.#materials);
    const rank = new Int32Array(this.#materials);
    order.forEach((row, at) => {
      rank[row] = at;
    });
    const times = new Int32Array(this.#materials);
    const usage: Usage = { times, rank };
    const dealt = this.#deal(order.slice(0, steps * this.#batchSize), steps);
    for (const row of dealt.flat()) times[row]!++;
    return dealt.map((batch, index) => {
      const rows = batch.sort((a, b) => rank[a]! - rank[b]!);
      // Another group is first in every batch, so that groups take turns where there is no room for all.
      return completeBatch(rows, this.#groups, epoch * steps + index, usage);
    });
  }

  /** Rows to batches, one after the other; rows of the same groups follow each other, in the order given. */
  #deal(rows: Int32Array, steps: number): number[][] {
    const groupsOf = (row: number): string =>
      this.#groups.map(({ mask }) => (mask[row] === 0 ? '0' : '1')).join('');
    const strata = new Map<string, number[]>();
    for (const row of rows) {
      const groups = groupsOf(row);
      const stratum = strata.get(groups);
      if (stratum) stratum.push(row);
      else strata.set(groups, [row]);
    }
    const sorted = [...strata.keys()].sort().reverse();
    const batches = Array.from({ length: steps }, (): number[] => []);
    sorted
      .flatMap((groups) => strata.get(groups)!)
      .forEach((row, at) => {
        batches[at % steps]!.push(row);
      });
    return batches;
  }
}

import { type Device, mean, scoped, square, type Tensor, valueAndGrad } from '@bravais/tensor-core';
import { flattenHostTree, type HostParameter, type HostTree, packParameters } from '@bravais/tensor-core/nn';
import { type Key, key, type RandomKey } from '@bravais/tensor-core/random';
import { expect, it } from 'vitest';
import { bucketOf, type GraphBatch, padBatch } from '../../batch';
import { type Crystal, GraphError } from '../../graph';
import { ofSpecies, prototypes } from '../../graph/testing';
import { describeDisorder, describeInvariances, flattenTensors } from '../testing';

/** Rock salt with sodium, potassium and vacancies on one site. */
export const alloy: Crystal = {
  ...prototypes.rockSalt,
  occupations: ofSpecies([[[11, 0.5], [19, 0.25]], [[17, 1]]]), // biome-ignore format: sites
};

/** A small model in which no parameter is at a special value, and a batch of crystals for it. */
export interface SmallModel<HostParameters, Input> {
  readonly initial: HostParameters;
  readonly batch: GraphBatch;
  /** What the encoder takes of the batch, or of the batch with padding; tensors belong to the caller's scope. */
  readonly inputOf: (batch: GraphBatch) => Input;
}

/** An encoder of crystals with what its documentation says of it. */
export interface StructureEncoderCase<Options, HostParameters, Parameters, Input> {
  readonly device: () => Device;
  readonly init: (key: Key, options: Options) => HostParameters;
  readonly encoder: (
    parameters: Parameters,
    input: Input,
    rate: number,
    dropoutKey: RandomKey | null,
    checkpointed?: boolean,
  ) => Tensor;
  /** Embeddings of crystals in one batch, a row each, without dropout. */
  readonly embed: (crystals: readonly Crystal[]) => Promise<Float32Array[]>;
  readonly small: (crystals: readonly Crystal[]) => SmallModel<HostParameters, Input>;
  /** Whether it takes `checkpointed`. */
  readonly checkpoints: boolean;
  /** Whether padding leaves every bit as it is, not five decimals alone. */
  readonly paddedBits: boolean;
  /** Documented number of parameters. */
  readonly count: (options: Options) => number;
  /** Options to count them for; the last are those of the documentation, with the number that it names. */
  readonly counted: readonly [...Options[], readonly [Options, number]];
}

/** Tests what holds of every encoder of crystals: its invariances, padding, checkpoints, dropout and number of parameters. */
export function describeStructureEncoder<
  Options,
  HostParameters extends object,
  Parameters extends object,
  Input,
>(item: StructureEncoderCase<Options, HostParameters, Parameters, Input>): void {
  const { device, encoder, small } = item;
  const unpack = (tree: HostParameters): Parameters =>
    packParameters(device(), tree as Record<string, HostParameter>).tree as unknown as Parameters;
  const crystals = [prototypes.perovskite, prototypes.zinc];

  describeInvariances((those) => item.embed(those));
  describeDisorder((those) => item.embed(those));

  if (item.checkpoints) {
    it('checkpointed, gives the same bits, gradients included', async () => {
      const { initial, inputOf, batch } = small(crystals);
      const run = async (checkpointed: boolean): Promise<unknown[]> => {
        const { value, grads } = scoped(device(), () => {
          const input = inputOf(batch);
          return valueAndGrad(unpack(initial) as Record<string, Tensor>, (at) =>
            mean(square(encoder(at as unknown as Parameters, input, 0, null, checkpointed))),
          );
        });
        return Promise.all([value, ...flattenTensors(grads)].map((each) => each.read()));
      };
      expect(await run(true)).toEqual(await run(false));
    });
  }

  it('does not see the padding of a batch', async () => {
    for (const those of [[prototypes.rockSalt], crystals, [alloy, prototypes.zinc]]) {
      const { initial, inputOf, batch } = small(those);
      const run = async (given: GraphBatch): Promise<number[]> => {
        using embedding = scoped(device(), () => encoder(unpack(initial), inputOf(given), 0, null));
        return Array.from(await embedding.read());
      };
      const { nodes, edges } = bucketOf(batch);
      const expected = await run(batch);
      for (const size of [bucketOf(batch), { nodes: nodes + 3, edges: edges + 40 }]) {
        expect(await run(padBatch(batch, size))).toEqual(
          item.paddedBits ? expected : expected.map((value) => expect.closeTo(value, 5)),
        );
      }
    }
  });

  it('dropout acts in training alone, by the key', async () => {
    const { initial, inputOf, batch } = small(crystals);
    const run = async (rate: number, seed: number | null): Promise<ArrayLike<number>> => {
      using embedding = scoped(device(), () =>
        encoder(unpack(initial), inputOf(batch), rate, seed === null ? null : key(seed)),
      );
      return embedding.read();
    };
    const plain = await run(0.5, null);
    expect(await run(0, 3)).toEqual(plain);
    expect(await run(0.5, 3)).toEqual(await run(0.5, 3));
    expect(await run(0.5, 3)).not.toEqual(await run(0.5, 4));
    expect(await run(0.5, 3)).not.toEqual(plain);
  });

  it('has as many parameters as its documentation says', () => {
    const [documented, published] = item.counted.at(-1) as readonly [Options, number];
    for (const options of [...(item.counted.slice(0, -1) as Options[]), documented]) {
      const tree = item.init(key(0), options) as unknown as HostTree;
      const found = flattenHostTree(tree).reduce((sum, [, { values }]) => sum + values.length, 0);
      expect(found).toBe(item.count(options));
    }
    expect(item.count(documented)).toBe(published);
  });
}

/** Expects an encoder to refuse a width that is no multiple of 4, as its kernels take it. */
export function expectWidthInFours(name: string, init: (width: number) => object): void {
  expect(() => init(18)).toThrow(GraphError);
  expect(() => init(18)).toThrow(`${name}: width must be a positive multiple of 4, got 18.`);
}

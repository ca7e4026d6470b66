import { type Device, mul, scoped, sum, type Tensor, tensor } from '@bravais/tensor-core';
import { capture } from '@bravais/tensor-core/capture';
import { packParameters } from '@bravais/tensor-core/nn';
import { adamW, adamWNumbers, decayMask, initAdamW, valueAndFlatGradient } from '@bravais/tensor-core/optim';
import { foldIn, key, type RandomKey } from '@bravais/tensor-core/random';
import { firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect, it } from 'vitest';
import {
  initMaskedTokenHead,
  initTextTransformer,
  type MaskedText,
  maskedTokenLoss,
  maskTokens,
  type TextTransformer,
  type TokenizedText,
  textTransformer,
} from '.';
import { type Exact, exactTree, maskedTokenReference, textReference } from './reference';
import { expectGradients, shaken } from './testing';

const OPTIONS = {
  ...{ vocabulary: 9, maxTokens: 8, features: 6, heads: 2, headFeatures: 4 },
  ...{ hidden: 5, blocks: 2, embeddingDim: 3 },
};
const TEXTS = [
  [1, 4, 8, 2, 7],
  [3, 5],
] as const;
const TOLERANCE = { relative: 1e-4, ofLargest: 1e-5 };

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

/** Texts filled up to `length` tokens by one id. */
function upload(texts: readonly (readonly number[])[], length: number, filling = 0): TokenizedText {
  const ids = texts.flatMap((text) => [...text, ...new Array<number>(length - text.length).fill(filling)]);
  return {
    ids: tensor(device, Int32Array.from(ids), [texts.length, length]),
    lengths: tensor(
      device,
      Int32Array.from(texts, (text) => text.length),
    ),
  };
}

it('equals its float64 form, and so do the gradients of every parameter', async () => {
  const weights = sampleUniform([2, 3], 5);
  const { positions, tokens, ...rest } = shaken(initTextTransformer(key(2), OPTIONS));
  await expectGradients(
    device,
    { tokens, positions, ...rest },
    (tree) => {
      const z = textTransformer(tree, upload(TEXTS, 6), OPTIONS, 0, null);
      return sum(mul(z, tensor(device, weights, [2, 3])));
    },
    (tree: TextTransformer<Exact>) =>
      TEXTS.reduce(
        (total, ids, row) =>
          textReference(tree, ids, OPTIONS.heads).reduce(
            (part, value, i) => part + value * weights[3 * row + i]!,
            total,
          ),
        0,
      ),
  );
});

it('the masked-token loss equals its float64 form, and so do its gradients', async () => {
  const encoder = shaken(initTextTransformer(key(2), OPTIONS));
  const { head: _, ...trained } = encoder;
  const initial = { encoder: trained, head: shaken(initMaskedTokenHead(OPTIONS.vocabulary)) };
  const asked = [
    { text: 0, place: 1, id: 6 },
    { text: 0, place: 4, id: 7 },
    { text: 1, place: 0, id: 0 },
  ];
  const positions = Int32Array.from([...asked.map(({ text, place }) => text * 6 + place), -1]);
  const targets = Int32Array.from([...asked.map(({ id }) => id), -1]);
  await expectGradients(
    device,
    initial,
    (tree) =>
      maskedTokenLoss(
        tree,
        { ...upload(TEXTS, 6), positions: tensor(device, positions), targets: tensor(device, targets) },
        OPTIONS,
        0,
        null,
      ),
    (tree: Parameters<typeof maskedTokenReference>[0]) =>
      maskedTokenReference(tree, TEXTS, asked, OPTIONS.heads),
  );
});

it('the masked-token loss is 0 where nothing is asked for', async () => {
  const initial = {
    encoder: initTextTransformer(key(2), OPTIONS),
    head: initMaskedTokenHead(OPTIONS.vocabulary),
  };
  const { tree } = packParameters(device, initial);
  const none = tensor(device, Int32Array.of(-1, -1));
  using loss = scoped(device, () =>
    maskedTokenLoss(tree, { ...upload(TEXTS, 6), positions: none, targets: none }, OPTIONS, 0, null),
  );
  expect(Math.abs(await loss.item())).toBe(0);
});

test.prop(
  [
    fc.array(fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 8 }), { minLength: 1, maxLength: 5 }),
    fc.integer({ min: 0, max: 9 }),
  ],
  { numRuns: 20 },
)('neither padding nor the rest of the batch changes an embedding', async (texts, filling) => {
  const initial = initTextTransformer(key(6), OPTIONS);
  const { tree } = packParameters(device, initial);
  const embed = async (batch: readonly (readonly number[])[], length: number): Promise<Float32Array> => {
    using z = scoped(device, () => textTransformer(tree, upload(batch, length, filling), OPTIONS, 0, null));
    return (await z.read()) as Float32Array;
  };
  const together = await embed(texts, 8);
  const exact = exactTree<TextTransformer<Exact>>(initial);
  for (const [row, text] of texts.entries()) {
    const mine = together.subarray(3 * row, 3 * row + 3);
    expect(firstMismatch(await embed([text], Math.max(1, text.length)), mine, TOLERANCE)).toBeNull();
    expect(firstMismatch(mine, textReference(exact, text, OPTIONS.heads), TOLERANCE)).toBeNull();
  }
});

it('learns to fill in masked tokens, and a captured step gives the bits of the plain one', async () => {
  const options = { ...OPTIONS, features: 16, headFeatures: 8, hidden: 32 };
  const steps = 300;
  // Each token is followed by the next one, so that a masked one can be told from its neighbours; 0 is the mask.
  const ids = Int32Array.from({ length: 64 }, (_, at) => 1 + ((Math.floor(at / 8) + (at % 8)) % 8));
  const lengths = new Int32Array(8).fill(8);
  const start = () => {
    const initial = {
      encoder: initTextTransformer(key(1), options),
      head: initMaskedTokenHead(options.vocabulary),
    };
    const parameters = packParameters(device, initial);
    return { parameters, mask: decayMask(parameters), state: initAdamW(parameters) };
  };
  const update = (
    { parameters, mask, state }: ReturnType<typeof start>,
    inputs: { text: MaskedText; dropoutKey: RandomKey; numbers: Tensor },
  ): Tensor => {
    const { value, gradient } = valueAndFlatGradient(
      parameters,
      (tree) => maskedTokenLoss(tree, inputs.text, options, 0.05, inputs.dropoutKey),
      1,
    );
    adamW(parameters, gradient, mask, state, inputs.numbers);
    return value;
  };
  const batch = (step: number) => {
    const masked = maskTokens(foldIn(key(2), step), ids, lengths, { vocabulary: 9, maskId: 0 });
    const host = (values: Int32Array, shape: readonly number[]) => ({ shape, values });
    return {
      text: {
        ids: host(masked.ids, [8, 8]),
        lengths: host(lengths, [8]),
        positions: host(masked.positions, [masked.positions.length]),
        targets: host(masked.targets, [masked.targets.length]),
      },
      dropoutKey: foldIn(key(3), step),
      numbers: adamWNumbers(step + 1, { learningRate: 0.01 }),
    };
  };
  const [plain, captured] = [start(), start()];
  using step = capture(device, (inputs: { text: MaskedText; dropoutKey: RandomKey; numbers: Tensor }) => ({
    loss: update(captured, inputs),
  }));
  const losses: number[] = [];
  for (let index = 0; index < steps; index++) {
    const inputs = batch(index);
    const { loss } = step(inputs);
    losses.push(await loss.item());
    if (index >= 6) continue;
    using expected = scoped(device, () => {
      const [textIds, textLengths, positions, targets] = [
        inputs.text.ids,
        inputs.text.lengths,
        inputs.text.positions,
        inputs.text.targets,
      ].map(({ values, shape }) => tensor(device, values, shape)) as [Tensor, Tensor, Tensor, Tensor];
      const text = { ids: textIds, lengths: textLengths, positions, targets };
      return update(plain, { ...inputs, text, numbers: tensor(device, inputs.numbers) });
    });
    expect(losses[index]).toBe(await expected.item());
  }
  expect(step.stats).toMatchObject({ captures: 1, fallback: null });
  expect(step.stats.replays).toBeGreaterThan(steps - 4);
  const meanOf = (values: readonly number[]): number => values.reduce((x, y) => x + y, 0) / values.length;
  expect(meanOf(losses.slice(0, 3))).toBeGreaterThan(1.8);
  expect(meanOf(losses.slice(-20))).toBeLessThan(1);
});

it('tells texts apart by the order of their tokens', async () => {
  const { tree } = packParameters(device, shaken(initTextTransformer(key(6), OPTIONS)));
  const orders = [
    [1, 2, 3],
    [3, 2, 1],
  ];
  using z = scoped(device, () => textTransformer(tree, upload(orders, 3), OPTIONS, 0, null));
  const values = [...(await z.read())];
  expect(firstMismatch(Float32Array.from(values.slice(0, 3)), values.slice(3), TOLERANCE)).not.toBeNull();
});

it('says which size or text it cannot take', () => {
  const { tree } = packParameters(device, initTextTransformer(key(2), OPTIONS));
  expect(() => initTextTransformer(key(0), { ...OPTIONS, maxTokens: 1.5 })).toThrow(
    /^initTextTransformer: maxTokens must be a positive integer, got 1\.5/,
  );
  expect(() => textTransformer(tree, upload(TEXTS, 9), OPTIONS, 0, null)).toThrow(
    /^addPositions: expected at most 8 tokens of 6 features/,
  );
  const flat = { ids: tensor(device, Int32Array.of(1, 2)), lengths: tensor(device, Int32Array.of(2)) };
  expect(() => textTransformer(tree, flat, OPTIONS, 0, null)).toThrow(
    /^textTransformer: ids must be \[B, L\], got \[2\]/,
  );
});

it('a token at gate 0 is a token of zeros at its position, at gate 1 itself', async () => {
  const { tree } = packParameters(device, shaken(initTextTransformer(key(2), OPTIONS)));
  const embedded = async (texts: readonly (readonly number[])[], gates?: readonly number[]) => {
    const z = scoped(device, () => {
      const text = upload(texts, 5);
      const gated = gates ? { ...text, gates: tensor(device, Float32Array.from(gates), [2, 5, 1]) } : text;
      return textTransformer(tree, gated, OPTIONS, 0, null);
    });
    const values = await z.read();
    z.dispose();
    return values;
  };
  const plain = await embedded(TEXTS);
  expect(await embedded(TEXTS, new Array<number>(10).fill(1))).toEqual(plain);
  // No row of the table has the id 99.
  const without = await embedded([[1, 99, 8, 2, 7], TEXTS[1]]);
  expect(await embedded(TEXTS, [1, 0, 1, 1, 1, 1, 1, 1, 1, 1])).toEqual(without);
  expect(without).not.toEqual(plain);
});

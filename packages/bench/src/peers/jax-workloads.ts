import { type Array as JaxArray, jit, nn, numpy as np, valueAndGrad, vjp } from '@jax-js/jax';
import type { HostTensor } from '../workloads/host-tensor';
import { CONSTANTS, inputs } from '../workloads/inputs';
import type { Preparations, WorkloadRun } from '../workloads/time-workloads';

// jax-js counts references: an operation consumes its operands, and `.ref` keeps one for later.

/** The workloads on jax-js, each compiled by `jit`. */
export const jaxWorkloads: Preparations = {
  matmul512: () => squareProduct('matmul512'),
  matmul1024: () => squareProduct('matmul1024'),
  mlp_step: mlpStep,
  clip_fwdbwd: contrast,
  cgcnn_fwdbwd: crystalConvolution,
  tensorclip_fwd: tensorClipLoss,
  barlow3_fwd: barlowTwinsLoss,
};

function squareProduct(work: 'matmul512' | 'matmul1024'): WorkloadRun {
  const host = inputs[work]();
  const [a, b] = [arrayOf(host.a), arrayOf(host.b)];
  const product = jit((left: JaxArray, right: JaxArray) => np.matmul(left, right));
  return () => firstValue(product(a.ref, b.ref).slice(0, 0));
}

function mlpStep(): WorkloadRun {
  const host = inputs.mlp_step();
  const [x, y] = [arrayOf(host.x), arrayOf(host.y)];
  let weights = [host.w1, host.b1, host.w2, host.b2].map(arrayOf);
  let first = weights.map(({ shape }) => np.zeros(shape));
  let second = weights.map(({ shape }) => np.zeros(shape));
  const lossOf = ([w1, b1, w2, b2]: JaxArray[], rows: JaxArray, targets: JaxArray): JaxArray => {
    const hidden = nn.relu(np.matmul(rows, w1!).add(b1!));
    return np.mean(np.square(np.matmul(hidden, w2!).add(b2!).sub(targets)));
  };
  const adam = jit(
    (
      p: JaxArray[],
      m: JaxArray[],
      v: JaxArray[],
      rows: JaxArray,
      targets: JaxArray,
      corrections: JaxArray,
    ) => {
      const [loss, gradients] = valueAndGrad(lossOf)(
        p.map((each) => each.ref),
        rows,
        targets,
      );
      const newM = m.map((each, i) => each.mul(0.9).add(gradients[i]!.ref.mul(0.1)));
      const newV = v.map((each, i) => each.mul(0.999).add(np.square(gradients[i]!).mul(0.001)));
      const [firstCorrection, secondCorrection] = [corrections.ref.slice(0), corrections.slice(1)];
      const newP = p.map((each, i) => {
        const root = np.sqrt(newV[i]!.ref.mul(secondCorrection.ref)).add(1e-8);
        return each.sub(newM[i]!.ref.mul(firstCorrection.ref).div(root).mul(CONSTANTS.learningRate));
      });
      firstCorrection.dispose();
      secondCorrection.dispose();
      return [loss, newP, newM, newV] as const;
    },
  );
  let step = 0;
  return () => {
    step++;
    const corrections = np.array([1 / (1 - 0.9 ** step), 1 / (1 - 0.999 ** step)]);
    const [loss, newWeights, newFirst, newSecond] = adam(weights, first, second, x.ref, y.ref, corrections);
    [weights, first, second] = [newWeights, newFirst, newSecond];
    return firstValue(loss);
  };
}

function contrast(): WorkloadRun {
  const host = inputs.clip_fwdbwd();
  const [a, b] = [arrayOf(host.a), arrayOf(host.b)];
  const count = host.a.shape[0]!;
  const loss = (left: JaxArray, right: JaxArray): JaxArray => {
    const [za, zb] = [unitRows(left), unitRows(right)];
    const positives = np.sum(za.ref.mul(zb.ref)).mul(CONSTANTS.clipScale);
    const scores = np.matmul(za, np.transpose(zb)).mul(CONSTANTS.clipScale);
    const normalizers = np.sum(nn.logsumexp(scores.ref, 1)).add(np.sum(nn.logsumexp(scores, 0)));
    return normalizers.mul(0.5).sub(positives).div(count);
  };
  const step = jit((left: JaxArray, right: JaxArray) => {
    const [value, gradients] = valueAndGrad(loss, { argnums: [0, 1] })(left, right);
    const [da, db] = gradients as unknown as [JaxArray, JaxArray];
    return [value.add(np.sum(np.abs(da)).mul(1000)), db] as const;
  });
  return () => {
    const [check, db] = step(a.ref, b.ref);
    db.dispose();
    return firstValue(check);
  };
}

function crystalConvolution(): WorkloadRun {
  const host = inputs.cgcnn_fwdbwd();
  const { nodes, width } = CONSTANTS;
  const operands = [host.x, host.e, host.w, host.b, host.source, host.target].map(arrayOf);
  // There is no segment sum: the transpose of `take` is one.
  const segmentSum = (values: JaxArray, segment: JaxArray): JaxArray => {
    const [rows, transpose] = vjp((x: JaxArray) => np.take(x, segment, 0), [np.zeros([nodes, width])]);
    rows.dispose();
    return transpose(values)[0] as JaxArray;
  };
  const loss = (
    x: JaxArray,
    e: JaxArray,
    w: JaxArray,
    b: JaxArray,
    source: JaxArray,
    target: JaxArray,
  ): JaxArray => {
    const ends = [np.take(x.ref, target.ref, 0), np.take(x.ref, source, 0)];
    const z = np.matmul(np.concatenate([...ends, e], 1), w).add(b);
    const gate = z.ref.slice([], [0, width]);
    const core = z.slice([], [width, 2 * width]);
    const messages = nn.sigmoid(gate).mul(nn.softplus(core));
    return np.mean(np.square(x.add(segmentSum(messages, target))));
  };
  const valueAndGradients = jit(valueAndGrad(loss, { argnums: [0, 1, 2, 3] }));
  return () => {
    const [x, e, w, b, source, target] = operands.map((each) => each.ref) as [
      JaxArray,
      JaxArray,
      JaxArray,
      JaxArray,
      JaxArray,
      JaxArray,
    ];
    const [value, gradients] = valueAndGradients(x, e, w, b, source, target);
    const [dx, ...others] = gradients as unknown as JaxArray[];
    const check = firstValue(value.add(np.sum(np.abs(dx!))));
    return check.finally(() => {
      for (const other of others) other.dispose();
    });
  };
}

function tensorClipLoss(): WorkloadRun {
  const host = inputs.tensorclip_fwd();
  const [count, width] = host.x.shape as [number, number];
  const loss = jit((x: JaxArray, y: JaxArray, z: JaxArray) => {
    const matching = np.sum(x.ref.mul(y.ref).mul(z.ref)).mul(CONSTANTS.tensorClipScale);
    const pairs = x.reshape([count, 1, width]).mul(y.reshape([1, count, width]));
    const product = np.matmul(pairs.reshape([count * count, width]), np.transpose(z));
    const scores = product.reshape([count, count, count]).mul(CONSTANTS.tensorClipScale);
    const normalizer = (slices: JaxArray): JaxArray =>
      np.sum(nn.logsumexp(slices.reshape([count, count * count]), 1));
    return normalizer(scores.ref)
      .add(normalizer(np.transpose(scores.ref, [1, 0, 2])))
      .add(normalizer(np.transpose(scores, [2, 0, 1])))
      .div(3)
      .sub(matching)
      .div(count);
  });
  return onTriple(host, loss);
}

function barlowTwinsLoss(): WorkloadRun {
  const host = inputs.barlow3_fwd();
  const [batch, width] = host.x.shape as [number, number];
  const standardized = (x: JaxArray): JaxArray => {
    const centred = x.ref.sub(np.mean(x, 0));
    return centred.ref.div(np.sqrt(np.mean(np.square(centred), 0)));
  };
  const loss = jit((x: JaxArray, y: JaxArray, z: JaxArray) => {
    const [u, v, w] = [standardized(x), standardized(y), standardized(z)];
    const diagonal = np.mean(u.ref.mul(v.ref).mul(w.ref), 0);
    const pairs = u.reshape([batch, width, 1]).mul(v.reshape([batch, 1, width]));
    const product = np.matmul(np.transpose(pairs.reshape([batch, width * width])), w).div(batch);
    const offDiagonal = np.sum(np.square(product)).sub(np.sum(np.square(diagonal.ref)));
    return np.sum(np.square(diagonal.sub(1))).add(offDiagonal.mul(CONSTANTS.barlowWeight));
  });
  return onTriple(host, loss);
}

function onTriple(
  { x, y, z }: Record<'x' | 'y' | 'z', HostTensor>,
  loss: (x: JaxArray, y: JaxArray, z: JaxArray) => JaxArray,
): WorkloadRun {
  const [a, b, c] = [arrayOf(x), arrayOf(y), arrayOf(z)];
  return () => firstValue(loss(a.ref, b.ref, c.ref));
}

function unitRows(x: JaxArray): JaxArray {
  return x.ref.div(np.sqrt(np.sum(np.square(x), 1, { keepdims: true })));
}

function arrayOf({ shape, values }: HostTensor<Float32Array | Int32Array>): JaxArray {
  const dtype = values instanceof Int32Array ? np.int32 : np.float32;
  return np.array(values as Float32Array<ArrayBuffer>, { shape: [...shape], dtype });
}

async function firstValue(x: JaxArray): Promise<number> {
  return Number((await x.data())[0]);
}

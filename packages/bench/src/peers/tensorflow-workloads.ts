import * as tf from '@tensorflow/tfjs';
import type { HostTensor } from '../workloads/host-tensor';
import { CONSTANTS, inputs } from '../workloads/inputs';
import type { Preparations, WorkloadRun } from '../workloads/time-workloads';

/** The workloads on TensorFlow.js, on whichever backend is set. */
export const tensorflowWorkloads: Preparations = {
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
  const [a, b] = [tensorOf(host.a), tensorOf(host.b)];
  return () => firstValue(() => tf.slice(tf.matMul(a, b), [0, 0], [1, 1]));
}

function mlpStep(): WorkloadRun {
  const host = inputs.mlp_step();
  const [x, y] = [tensorOf(host.x), tensorOf(host.y)];
  const [w1, b1, w2, b2] = [host.w1, host.b1, host.w2, host.b2].map((each) =>
    tf.variable(tensorOf(each)),
  ) as [tf.Variable, tf.Variable, tf.Variable, tf.Variable];
  const optimizer = tf.train.adam(CONSTANTS.learningRate);
  const loss = (): tf.Scalar => {
    const hidden = tf.relu(tf.add(tf.matMul(x, w1), b1));
    return tf.mean(tf.square(tf.sub(tf.add(tf.matMul(hidden, w2), b2), y)));
  };
  return () => firstValue(() => optimizer.minimize(loss, true, [w1, b1, w2, b2])!);
}

function contrast(): WorkloadRun {
  const host = inputs.clip_fwdbwd();
  const operands = [tensorOf(host.a), tensorOf(host.b)];
  const count = host.a.shape[0]!;
  const loss = tf.valueAndGrads((...[a, b]: tf.Tensor[]) => {
    const [za, zb] = [unitRows(a!), unitRows(b!)];
    const positives = tf.sum(tf.mul(za, zb));
    const scores = tf.mul(tf.matMul(za, zb, false, true), CONSTANTS.clipScale);
    const normalizers = tf.add(tf.sum(tf.logSumExp(scores, 1)), tf.sum(tf.logSumExp(scores, 0)));
    return tf.div<tf.Scalar>(tf.sub(tf.mul(normalizers, 0.5), tf.mul(positives, CONSTANTS.clipScale)), count);
  });
  return () =>
    firstValue(() => {
      const { value, grads } = loss(operands);
      return tf.add(value, tf.mul(tf.sum(tf.abs(grads[0]!)), 1000));
    });
}

function crystalConvolution(): WorkloadRun {
  const host = inputs.cgcnn_fwdbwd();
  const operands = [host.x, host.e, host.w, host.b].map(tensorOf);
  const source = tensorOf(host.source) as tf.Tensor1D;
  const target = tensorOf(host.target) as tf.Tensor1D;
  const loss = tf.valueAndGrads((...[x, e, w, b]: tf.Tensor[]) => {
    const ends = [tf.gather(x!, target), tf.gather(x!, source)];
    const z = tf.add(tf.matMul(tf.concat([...ends, e!], 1), w!), b!);
    const [gate, core] = tf.split(z, 2, 1) as [tf.Tensor, tf.Tensor];
    const messages = tf.mul(tf.sigmoid(gate), tf.softplus(core));
    const received = tf.unsortedSegmentSum(messages, target, CONSTANTS.nodes);
    return tf.mean<tf.Scalar>(tf.square(tf.add(x!, received)));
  });
  return () =>
    firstValue(() => {
      const { value, grads } = loss(operands);
      return tf.add(value, tf.sum(tf.abs(grads[0]!)));
    });
}

function tensorClipLoss(): WorkloadRun {
  const host = inputs.tensorclip_fwd();
  const [x, y, z] = [tensorOf(host.x), tensorOf(host.y), tensorOf(host.z)];
  const [count, width] = host.x.shape as [number, number];
  const normalizer = (slices: tf.Tensor): tf.Tensor =>
    tf.sum(tf.logSumExp(tf.reshape(slices, [count, count * count]), 1));
  return () =>
    firstValue(() => {
      const pairs = tf.mul(tf.expandDims(x, 1), tf.expandDims(y, 0));
      const product = tf.matMul(tf.reshape(pairs, [count * count, width]), z, false, true);
      const scores = tf.mul(tf.reshape(product, [count, count, count]), CONSTANTS.tensorClipScale);
      const normalizers = tf.addN([
        normalizer(scores),
        normalizer(tf.transpose(scores, [1, 0, 2])),
        normalizer(tf.transpose(scores, [2, 0, 1])),
      ]);
      const matching = tf.mul(tf.sum(tf.mul(tf.mul(x, y), z)), CONSTANTS.tensorClipScale);
      return tf.div(tf.sub(tf.div(normalizers, 3), matching), count);
    });
}

function barlowTwinsLoss(): WorkloadRun {
  const host = inputs.barlow3_fwd();
  const triple = [tensorOf(host.x), tensorOf(host.y), tensorOf(host.z)];
  const [batch, width] = host.x.shape as [number, number];
  const standardized = (x: tf.Tensor): tf.Tensor => {
    const centred = tf.sub(x, tf.mean(x, 0));
    return tf.div(centred, tf.sqrt(tf.mean(tf.square(centred), 0)));
  };
  return () =>
    firstValue(() => {
      const [u, v, w] = triple.map(standardized) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const pairs = tf.reshape(tf.mul(tf.expandDims(u, 2), tf.expandDims(v, 1)), [batch, width * width]);
      const product = tf.div(tf.matMul(pairs, w, true, false), batch);
      const diagonal = tf.mean(tf.mul(tf.mul(u, v), w), 0);
      const offDiagonal = tf.sub(tf.sum(tf.square(product)), tf.sum(tf.square(diagonal)));
      const onDiagonal = tf.sum(tf.square(tf.sub(1, diagonal)));
      return tf.add(onDiagonal, tf.mul(offDiagonal, CONSTANTS.barlowWeight));
    });
}

function unitRows(x: tf.Tensor): tf.Tensor {
  return tf.div(x, tf.sqrt(tf.sum(tf.square(x), 1, true)));
}

function tensorOf({ shape, values }: HostTensor<Float32Array | Int32Array>): tf.Tensor {
  return tf.keep(tf.tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32'));
}

/** The first value of what is computed; everything computed on the way is let go. */
async function firstValue(compute: () => tf.Tensor): Promise<number> {
  const result = tf.tidy(compute);
  const values = await result.data();
  result.dispose();
  return values[0]!;
}

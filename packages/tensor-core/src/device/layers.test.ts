import { beforeAll, beforeEach, expect, it } from 'vitest';
import { valueAndGrad } from '../grad';
import { openDevice } from '../node';
import { exp, matmul, mul, sum, tanh } from '../ops';
import { scoped, type Tensor, tensor } from '../tensor';
import type { Device, TraceEvent } from '.';

let device: Device;
const events: TraceEvent[] = [];
beforeAll(async () => {
  device = await openDevice({ trace: (event) => events.push(event) });
});
beforeEach(() => {
  events.length = 0;
});

/** Layers of the launches, each once, in order of first appearance. */
const layers = () => [...new Set(events.map(({ layer }) => layer))];

it('launches carry the names of the layers around them', () => {
  scoped(device, () => {
    const x = tensor(device, [1, 2]);
    mul(x, 2);
    device.layer('structure', () => {
      mul(x, 2);
      const y = device.layer('conv1', () => mul(x, 3));
      return device.layer('conv2', () => mul(y, 3));
    });
    mul(x, 2);
    return [];
  });
  expect(events.map(({ layer }) => layer)).toEqual([
    '',
    'structure',
    'structure/conv1',
    'structure/conv2',
    '',
  ]);
});

it('the launches of gradients carry the names around their op', async () => {
  const block = (name: string, w: Tensor) => (x: Tensor) =>
    device.layer('encoder', () => device.layer(name, () => tanh(matmul(x, w))));
  const parameters = {
    a: tensor(device, [
      [1, 2],
      [3, 4],
    ]),
    b: tensor(device, [
      [1, 0],
      [0, 1],
    ]),
  };
  scoped(device, () => {
    const x = tensor(device, [[1, 2]]);
    device.layer('step', () => {
      valueAndGrad(parameters, ({ a, b }) => {
        const y = block('second', b)(block('first', a)(x));
        events.length = 0;
        return sum(exp(y));
      });
    });
    return [];
  });
  const paths = ['step', 'step/encoder/second', 'step/encoder/first'];
  expect(layers()).toEqual(paths);
  expect(events.filter(({ layer }) => layer === paths[1]).length).toBeGreaterThan(1);
  expect(device.layerPath).toBe('');
});

it('a layer ends with an error, and is no place for promises', () => {
  expect(() =>
    device.layer('broken', () => {
      throw new Error('stop');
    }),
  ).toThrow('stop');
  expect(device.layerPath).toBe('');
  expect(() => device.layer('late', async () => 1)).toThrow('layer: expected a synchronous function');
  expect(device.layerPath).toBe('');
});

import { describeOp } from '../../testing';
import { broadcastToOp } from './broadcast-to';
import { concatOp } from './concat';
import { flipOp } from './flip';
import { padOp } from './pad';
import { permuteOp } from './permute';
import {
  broadcastToReference,
  concatReference,
  flipReference,
  padReference,
  permuteReference,
  sliceReference,
} from './reference';
import { sliceOp } from './slice';

describeOp({
  op: permuteOp,
  reference: permuteReference,
  cases: [
    { inputs: [[]], attrs: { axes: [] } },
    { inputs: [[7]], attrs: { axes: [0] } },
    { inputs: [[1, 13]], attrs: { axes: [1, 0] } },
    { inputs: [[3, 5]], attrs: { axes: [1, 0] } },
    { inputs: [[8, 12]], attrs: { axes: [-1, 0] } },
    { inputs: [[36, 260]], attrs: { axes: [1, 0] } },
    { inputs: [[257, 65]], attrs: { axes: [1, 0] } },
    { inputs: [[3, 4, 8]], attrs: { axes: [0, 2, 1] } },
    { inputs: [[2, 3, 5, 8]], attrs: { axes: [0, 2, 1, 3] } },
    { inputs: [[3, 2, 5, 4]], attrs: { axes: [3, 1, 0, 2] } },
    { inputs: [[2, 3, 2, 3, 2]], attrs: { axes: [4, 2, 0, 3, 1] } },
    { inputs: [[2, 3, 2, 2, 3, 2]], attrs: { axes: [5, 4, 3, 2, 1, 0] } },
    { inputs: [[4, 0, 3]], attrs: { axes: [2, 0, 1] } },
  ],
  large: [{ inputs: [[65_539, 4, 4]], attrs: { axes: [0, 2, 1] } }],
});

describeOp({
  op: sliceOp,
  reference: sliceReference,
  cases: [
    { inputs: [[]], attrs: { ranges: [] } },
    { inputs: [[11]], attrs: { ranges: [{ start: 2, end: 9 }] } },
    { inputs: [[11]], attrs: { ranges: [{ start: 1, step: 3 }] } },
    { inputs: [[9, 8]], attrs: { ranges: [null, { start: 4 }] } },
    { inputs: [[9, 12]], attrs: { ranges: [{ step: 2 }, { start: 4, end: 8 }] } },
    { inputs: [[7, 5, 6]], attrs: { ranges: [{ end: -1 }, { start: -3, step: 2 }, { step: 4 }] } },
    {
      inputs: [[3, 3, 3, 3, 3]],
      attrs: { ranges: [{ step: 2 }, { start: 1 }, { step: 2 }, { end: 2 }, { step: 2 }] },
    },
    { inputs: [[5, 4]], attrs: { ranges: [{ start: 4, end: 2 }] } },
    { inputs: [[0, 4]], attrs: { ranges: [null, { end: 2 }] } },
    { inputs: [[65, 67]], attrs: { ranges: [null, { start: 1 }] }, gradient: false },
  ],
});

describeOp({
  op: concatOp,
  reference: concatReference,
  cases: [
    { inputs: [[5]], attrs: { axis: 0 } },
    { inputs: [[5], [0], [3]], attrs: { axis: 0 } },
    {
      inputs: [
        [2, 3],
        [1, 3],
      ],
      attrs: { axis: 0 },
    },
    {
      inputs: [
        [7, 2],
        [7, 5],
      ],
      attrs: { axis: 1 },
    },
    {
      inputs: [
        [7, 4],
        [7, 8],
      ],
      attrs: { axis: -1 },
    },
    {
      inputs: [
        [2, 1, 3],
        [2, 2, 3],
        [2, 3, 3],
        [2, 0, 3],
        [2, 5, 3],
        [2, 1, 3],
      ],
      attrs: { axis: 1 },
    },
    {
      inputs: [
        [0, 2],
        [0, 3],
      ],
      attrs: { axis: 1 },
    },
    { inputs: Array.from({ length: 9 }, () => [3, 4]), attrs: { axis: 1 } },
  ],
  large: [
    {
      inputs: [
        [70_001, 32],
        [70_001, 29],
      ],
      attrs: { axis: 1 },
    },
  ],
});

describeOp({
  op: padOp,
  reference: padReference,
  cases: [
    { inputs: [[]], attrs: { widths: [], value: 2 } },
    { inputs: [[5]], attrs: { widths: [[2, 3]], value: -1.5 } },
    {
      inputs: [[4, 8]],
      attrs: {
        widths: [
          [1, 1],
          [4, 4],
        ],
        value: 0,
      },
    },
    {
      inputs: [[4, 6]],
      attrs: {
        widths: [
          [0, 0],
          [0, 0],
        ],
        value: 1,
      },
    },
    {
      inputs: [[3, 4, 5]],
      attrs: {
        widths: [
          [0, 0],
          [1, 2],
          [0, 1],
        ],
        value: -3,
      },
    },
    {
      inputs: [[3, 4, 4]],
      attrs: {
        widths: [
          [2, 1],
          [0, 0],
          [0, 0],
        ],
        value: 3,
      },
    },
    {
      inputs: [[2, 2, 2, 2]],
      attrs: {
        widths: [
          [1, 0],
          [0, 1],
          [1, 1],
          [2, 0],
        ],
        value: 1,
      },
    },
    {
      inputs: [[2, 2, 1, 2, 1, 2]],
      attrs: {
        widths: [
          [1, 1],
          [1, 0],
          [0, 1],
          [1, 1],
          [1, 1],
          [2, 0],
        ],
        value: 7,
      },
    },
    {
      inputs: [[0, 3]],
      attrs: {
        widths: [
          [1, 1],
          [0, 0],
        ],
        value: 4,
      },
    },
  ],
  large: [
    {
      inputs: [[2051, 2053]],
      attrs: {
        widths: [
          [1, 1],
          [1, 0],
        ],
        value: 0,
      },
    },
  ],
});

describeOp({
  op: broadcastToOp,
  reference: broadcastToReference,
  cases: [
    { inputs: [[]], attrs: { shape: [] } },
    { inputs: [[]], attrs: { shape: [67] } },
    { inputs: [[1]], attrs: { shape: [7, 3] } },
    { inputs: [[5, 1]], attrs: { shape: [5, 9] } },
    { inputs: [[8]], attrs: { shape: [33, 8] } },
    { inputs: [[3, 1, 5]], attrs: { shape: [2, 3, 4, 5] } },
    { inputs: [[4, 1, 8]], attrs: { shape: [4, 3, 8] } },
    { inputs: [[2, 1, 3, 1, 2]], attrs: { shape: [2, 3, 3, 2, 2] } },
    { inputs: [[1, 4]], attrs: { shape: [0, 4] } },
  ],
});

describeOp({
  op: flipOp,
  reference: flipReference,
  cases: [
    { inputs: [[]], attrs: { axes: [] } },
    { inputs: [[67]], attrs: { axes: [0] } },
    { inputs: [[3, 8]], attrs: { axes: [0] } },
    { inputs: [[3, 5, 2]], attrs: { axes: [0, -1] } },
    { inputs: [[2, 0]], attrs: { axes: [0, 1] } },
  ],
});

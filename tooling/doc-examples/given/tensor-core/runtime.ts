import { matmul, scoped } from '../../../../packages/tensor-core/src/index.ts';
import { device, sample } from '../../sample.ts';

const square = sample([16, 16]);
export const step = (): void => scoped(device, () => void matmul(square, square));

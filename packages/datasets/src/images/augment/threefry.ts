/** Rotation distances of Threefry-2×32 (Salmon, Moraes, Dror and Shaw, SC 2011, table 2). */
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24];
const ROUNDS = 20;
/** Skein's key-schedule constant, 32-bit. */
const PARITY = 0x1bd11bda;

/**
 * Threefry-2×32 with 20 rounds: two random 32-bit words of a key and a counter. The same anywhere, in any order of calls.
 */
export function threefry2x32(
  [key0, key1]: readonly [number, number],
  [counter0, counter1]: readonly [number, number],
): [number, number] {
  const schedule = [key0 >>> 0, key1 >>> 0, (key0 ^ key1 ^ PARITY) >>> 0];
  let x = (counter0 + schedule[0]!) >>> 0;
  let y = (counter1 + schedule[1]!) >>> 0;
  for (let round = 0; round < ROUNDS; round++) {
    x = (x + y) >>> 0;
    const distance = ROTATIONS[round % 8]!;
    y = (((y << distance) | (y >>> (32 - distance))) ^ x) >>> 0;
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      x = (x + schedule[injection % 3]!) >>> 0;
      y = (y + schedule[(injection + 1) % 3]! + injection) >>> 0;
    }
  }
  return [x, y];
}

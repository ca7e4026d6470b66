export const ids = Int32Array.of(1, 7, 9, 2, 1, 8, 2, 0);
export const lengths = Int32Array.of(4, 3);

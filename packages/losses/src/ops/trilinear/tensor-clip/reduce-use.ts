import { componentOf, onDiagonal, range, type TileUse, tileRows } from '../tile-source';

/**
 * Keeps (top, sum) of every slice: of a over the tiles of one stretch of a, of b tile by tile in memory, of c over all tiles.
 * Each lane sums its own columns with a top of its own; lanes meet when a partial sum is written.
 */
export function reduceUse(lanes: number): TileUse {
  const rows = tileRows(lanes);
  const each = range(lanes);
  const parts = (axis: string): string[] => each.map((i) => `var part_${axis}${i} = vec2f(LEAST, 0.0);`);
  return {
    begin: [
      ...range(4).map((i) => `var part_c${i} = vec2f(LEAST, 0.0);`),
      'let b_parts = groups.y * groups.x;',
      'let c_parts = b_parts + groups.z * groups.x;',
    ],
    eachA: parts('a'),
    tile: [
      ...onDiagonal(lanes, (i, value) => `positives[a0 + ${i}u] = ${value};`),
      ...parts('b'),
      'var tops = vec4f(LEAST);',
      ...rows.flatMap(({ a, b, row }) => [
        `${row} = existing(${row}, a0 + ${a}u, b0 + ${b}u, columns);`,
        `tops = max(tops, ${row});`,
      ]),
      'var top = largest(tops);',
      'var bound = -LEAST;',
      'loop {',
      '  let floor = max(top - WINDOW, FLOOR);',
      ...each.flatMap((i) => [`  var of_a${i} = vec4f(0.0);`, `  var of_b${i} = vec4f(0.0);`]),
      '  var of_c = vec4f(0.0);',
      '  var rest = vec4f(LEAST);',
      ...rows.flatMap(({ a, b, row }) => [
        `  let e_${row} = in_window(${row}, top, floor, bound);`,
        `  of_a${a} += e_${row};`,
        `  of_b${b} += e_${row};`,
        `  of_c += e_${row};`,
        `  rest = max(rest, below_window(${row}, floor));`,
      ]),
      ...each.flatMap((i) => [
        `  part_a${i} = merged(part_a${i}, top, dot(of_a${i}, vec4f(1.0)));`,
        `  part_b${i} = merged(part_b${i}, top, dot(of_b${i}, vec4f(1.0)));`,
      ]),
      ...range(4).map((i) => `  part_c${i} = merged(part_c${i}, top, ${componentOf('of_c', i)});`),
      '  bound = floor;',
      '  top = largest(rest);',
      '  if (!(top > LEAST)) { break; }',
      '}',
      ...perLane('b', lanes),
      'let b_place = (b_parts + group.z * groups.x + group.x) * params.padded + b0 + lane;',
      'if (a0 != a_first) {',
      '  let before = parts[b_place];',
      '  b_mine = merged(before, b_mine.x, b_mine.y);',
      '}',
      'parts[b_place] = b_mine;',
    ],
    doneA: [
      ...perLane('a', lanes),
      'parts[(group.y * groups.x + group.x) * params.padded + a0 + lane] = a_mine;',
    ],
    done: [
      'let c_place = (c_parts + group.z * groups.y + group.y) * params.padded + columns.x;',
      ...range(4).map((i) => `parts[c_place + ${i}u] = part_c${i};`),
    ],
  };
}

/**
 * `{axis}_mine`: lane i takes the part of index i, merged over all lanes. In each step a lane hands over the half of its parts
 * that the lane across will keep.
 */
function perLane(axis: string, lanes: number): string[] {
  const lines: string[] = [];
  let parts = range(lanes).map((i) => `part_${axis}${i}`);
  for (let across = lanes / 2; across >= 1; across /= 2) {
    lines.push(`let ${axis}_upper${across} = (lane & ${across}u) != 0u;`);
    parts = range(across).map((i) => {
      const [low, high, name] = [parts[i]!, parts[i + across]!, `${axis}_at${across}_${i}`];
      lines.push(
        `let ${name} = met(select(${low}, ${high}, ${axis}_upper${across}), select(${high}, ${low}, ${axis}_upper${across}), lane ^ ${across}u);`,
      );
      return name;
    });
  }
  return [...lines, `var ${axis}_mine = ${parts[0]!};`];
}

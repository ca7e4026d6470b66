/**
 * A markdown table of encoders that were trained for the same time: size, cost, and error on the validation split at the end,
 * beside what sees no structure.
 *
 * @param {readonly { data: object, epoch: object, result: object }[]} runs lines of b2.mjs
 * @param {{ cpuMinutes: number, target: string, seed: number, date: string }} facts
 */
export function encoderTable(runs, { cpuMinutes, target, seed, date }) {
  const [{ data }] = runs;
  const unit = target === 'gap' ? 'eV' : 'eV/atom';
  const { trainMean, trainMedian, compositionLine } = data.trivialVal;
  const rows = [
    ...runs.map(({ data: { model, parameterCount }, epoch, result }) => [
      model,
      parameterCount.toLocaleString('en'),
      result.cpuSecondsPerEpoch.toPrecision(3),
      result.passes.toFixed(2),
      epoch.valMae.toFixed(4),
    ]),
    ['ridge regression on the shares of the elements', '', '', '', compositionLine.toFixed(4)],
    ['training median', '', '', '', trainMedian.toFixed(4)],
    ['training mean', '', '', '', trainMean.toFixed(4)],
  ];
  const [train, val] = data.crystals;
  return [
    `| encoder | parameters | CPU s/epoch | epochs | ${target}, validation MAE, ${unit} |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `${cpuMinutes} CPU minutes of training each (all threads, without loading and evaluation), ${train} training and ${val} validation crystals, seed ${seed}, ${data.adapter}, ${date}.`,
    ...potentialCosts(runs),
  ].join('\n');
}

function potentialCosts(runs) {
  return runs
    .filter(({ data }) => data.potentialCost?.made > 0)
    .map(({ data: { model, potentialCost } }) => {
      const { made, cpuSeconds } = potentialCost;
      return `Lattice sums for ${model}: ${cpuSeconds.toFixed(0)} CPU seconds for ${made} crystals, not counted above.`;
    });
}

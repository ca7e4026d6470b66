import { extname } from 'node:path';
import type { PredictedProperty } from '@bravais/trainer';
import { Command } from 'commander';
import { embedFiles } from '../embed/embed-files';
import { UsageError } from '../errors/cli-error';
import { graphCacheFolder } from '../files/graph-cache-folder';
import { refuseInput } from '../files/refuse-input';
import { writeResult } from '../files/write-result';
import { inputsOf, passedOverNote } from '../inspect/inputs';
import { formatCount } from '../output/format-number';
import { printable } from '../output/printable';
import { assessedRows } from '../predict/assessed-rows';
import { type PredictedRow, type PredictionRow, predictionRow } from '../predict/prediction-row';
import { predictionText } from '../predict/prediction-text';
import { predictionsCsv } from '../predict/predictions-csv';
import { addCacheOption, addCommonOptions, type CommonOptions, type Run } from './common-options';
import { addMemberOption, parseLevel } from './member-option';
import type { CommandOutcome, Session } from './session';
import { withDevice } from './with-device';

interface PredictCommandOptions extends CommonOptions {
  readonly cache: boolean;
  readonly member?: readonly string[];
  readonly interval?: number;
}

/** `bravais predict MODEL FILE…`: properties of each structure. */
export function predictCommand(run: Run): Command {
  const command = new Command('predict')
    .description('predict the properties of structure files with a model that has targets')
    .argument('<model>', 'folder of a run (its best checkpoint, else its last) or of one checkpoint')
    .argument(
      '<file...>',
      'files, folders, data sets, patterns such as "data/**/*.cif", or - for the standard input',
    )
    .option('--interval <level>', 'fraction of true values that intervals hold (default: 0.9)', parseLevel);
  return addCacheOption(
    addCommonOptions(addMemberOption(command), {
      out: 'file for the values, x.json or x.csv (default: a line each on the standard output)',
      outIs: 'file',
      seed: 'changes nothing here',
      set: 'changes nothing here',
      resume: 'changes nothing here',
      example: 'bravais predict runs/b2-e-form crystals/ --out values.csv',
    }),
  ).action((model: string, files: readonly string[], options: PredictCommandOptions) =>
    run(options, (session) => predict(model, files, options, session)),
  );
}

async function predict(
  model: string,
  given: readonly string[],
  options: PredictCommandOptions,
  session: Session,
): Promise<CommandOutcome> {
  const { services, output, signal } = session;
  const { out } = options;
  const format = out === undefined ? undefined : formatOf(out);
  // A model that cannot be read is said before a device is opened.
  const config = await services.readRunConfig(model);
  const { reducedFormula } = await import('@bravais/datasets');
  const inputs = await inputsOf(given, { sets: true });
  await refuseInput(out, inputs.files, 'predict');
  const passedOver = passedOverNote(inputs);
  if (passedOver !== undefined) output.talk(passedOver);
  const { properties, rows } = await withDevice(session, options, async (device) => {
    const predictor = await services.openPropertyPredictor([model, ...(options.member ?? [])], device);
    const { encoder, assessmentOf } = assessedRows(predictor, options.interval);
    const note = (text: string): void => output.talk(`note: ${printable(text)}`);
    const cacheFolder = options.cache ? graphCacheFolder() : null;
    const rows: PredictionRow[] = [];
    const embedded = embedFiles(inputs.files, {
      encoder,
      prepare: (structures) =>
        services.prepareStructures(structures, config, { cacheFolder, signal, onNote: note }),
      formulaOf: reducedFormula,
      signal,
      note,
    });
    for await (const batch of embedded) {
      rows.push(...batch.map((row) => predictionRow(predictor.properties, row, assessmentOf)));
    }
    for (const text of missingUncertainty(predictor.properties, rows)) note(text);
    return { properties: predictor.properties, rows };
  });
  const failed = rows.filter((row) => 'error' in row);
  const exitCode = failed.length === 0 ? 0 : 1;
  if (out !== undefined) {
    await writeResult(
      out,
      format === 'csv' ? predictionsCsv(properties, rows) : `${JSON.stringify(rows, null, 2)}\n`,
    );
    const counts = `${formatCount(rows.length - failed.length)} predicted, ${formatCount(failed.length)} failed`;
    return {
      exitCode,
      text: [`${out}: ${counts}`, ...failed.map(predictionText)].join('\n'),
      document: {
        ok: failed.length === 0,
        command: 'predict',
        model,
        file: out,
        predicted: rows.length - failed.length,
        failed,
      },
    };
  }
  return {
    exitCode,
    text: rows.length === 0 ? 'no structure files' : rows.map(predictionText).join('\n'),
    document: rows.map((row) => ({ ok: !('error' in row), ...row })),
  };
}

/** What the model cannot say of how sure it is. */
function missingUncertainty(
  properties: readonly PredictedProperty[],
  rows: readonly PredictionRow[],
): string[] {
  const predicted = rows.filter((row): row is PredictedRow => 'predictions' in row);
  const silent = properties.filter(
    ({ name, kind }) =>
      kind === 'regression' &&
      predicted.some(({ predictions }) => {
        const { interval, deviation } = predictions[name]!;
        return interval === undefined && deviation === undefined;
      }),
  );
  if (silent.length === 0) return [];
  const names = silent.map(({ name }) => name).join(', ');
  return [
    `no interval is known for ${names}: the model holds too few validation errors, or none. bravais calibrate MODEL --out FOLDER adds them.`,
  ];
}

function formatOf(out: string): 'json' | 'csv' {
  const ending = extname(out).toLowerCase();
  if (ending === '.json' || ending === '.csv') return ending.slice(1) as 'json' | 'csv';
  throw new UsageError(
    `predict: --out must end with .json or .csv, got ${out}. Name for example values.csv.`,
  );
}

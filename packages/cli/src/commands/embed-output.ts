import type { EmbeddingRow } from '../embed/embedding-row';
import { EmbeddingTally } from '../embed/embedding-tally';
import type { DoneInput } from '../embed/read-inputs';
import { type WriteEmbeddingsOptions, writeEmbeddings } from '../embed/write-embeddings';
import type { Output } from '../output/output';
import type { CommandOutcome, OutcomeDocument, Session } from './session';

/** Embeds what is not done yet and hands each batch of rows to `use`; gives the number of numbers in an embedding. */
export type EmbedRows = (
  done: readonly DoneInput[],
  use: (batch: readonly EmbeddingRow[]) => Promise<void> | void,
) => Promise<number>;

/** The rows in a file. */
export async function embedToFile(
  embed: EmbedRows,
  to: Omit<WriteEmbeddingsOptions, 'talk'>,
  { services, output }: Session,
): Promise<CommandOutcome> {
  const { out, model } = to;
  let embeddingDim = 0;
  const tally = await writeEmbeddings(
    { ...to, model: await services.digestOfModel(model), talk: (text) => output.talk(text) },
    async (done, add) => {
      embeddingDim = await embed(done, add);
    },
  );
  const { embeddings, failures, firstFailed } = tally;
  return {
    exitCode: failures === 0 ? 0 : 1,
    text: tally.text(out, embeddingDim),
    document: {
      ok: failures === 0,
      command: 'embed',
      model,
      file: out,
      embeddingDim,
      embeddings,
      failures,
      failed: firstFailed,
    },
  };
}

/** The rows on the standard output, a line each; as one document, which is kept in memory until its end, with `json`. */
export async function embedToStdout(
  embed: EmbedRows,
  json: boolean,
  output: Output,
): Promise<CommandOutcome> {
  const tally = new EmbeddingTally();
  const document: OutcomeDocument[] = [];
  const embeddingDim = await embed([], (batch) => {
    for (const row of batch) {
      tally.add(row);
      if (json) document.push(documentOf(row));
      else output.print(JSON.stringify(row));
    }
  });
  output.talk(tally.text('-', embeddingDim));
  return { exitCode: tally.failures === 0 ? 0 : 1, text: '', document };
}

function documentOf({ id, ...row }: EmbeddingRow): OutcomeDocument {
  return { id, ok: !('error' in row), ...row };
}

import { createReadStream } from 'node:fs';

const NEWLINE = 10;

/** A line that is there as a whole. */
export interface JournalLine {
  readonly text: string;
  /** Bytes of the file up to the end of the line. */
  readonly end: number;
}

/** The lines of a file that end with a newline; a last one that was cut short is left out. */
export async function* journalLines(path: string): AsyncGenerator<JournalLine, void, undefined> {
  let pending: Buffer[] = [];
  let end = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      pending.push(chunk.subarray(from, at));
      const line = Buffer.concat(pending);
      pending = [];
      from = at + 1;
      end += line.length + 1;
      yield { text: line.toString('utf8'), end };
    }
    pending.push(chunk.subarray(from));
  }
}

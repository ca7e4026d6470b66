import type { Writable } from 'node:stream';
import { styleText } from 'node:util';

/** A stream that may be a terminal. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Formats understood by `styleText`. */
export type TextFormat = Parameters<typeof styleText>[0];

/** Results go to stdout, talk goes to stderr; colour only where the stream and NO_COLOR, FORCE_COLOR allow it. */
export class Output {
  constructor(
    readonly stdout: OutputStream,
    readonly stderr: OutputStream,
    /** Silences talk; results and errors are still printed. */
    readonly quiet: boolean = false,
  ) {}

  /** A line of talk. */
  talk(line: string): void {
    if (!this.quiet) this.stderr.write(`${line}\n`);
  }

  /** A line about an error, said even when quiet. */
  complain(text: string): void {
    this.stderr.write(`${text}\n`);
  }

  /** A result. */
  print(text: string): void {
    this.stdout.write(`${text}\n`);
  }

  /** `text` in a format that stdout can show, else `text`. */
  style(format: TextFormat, text: string): string {
    return styleText(format, text, { stream: this.stdout });
  }

  /** `text` in a format that stderr can show, else `text`. */
  styleTalk(format: TextFormat, text: string): string {
    return styleText(format, text, { stream: this.stderr });
  }
}

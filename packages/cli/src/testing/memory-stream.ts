import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

/** A stream that remembers what was written. */
export class MemoryStream extends Writable {
  readonly columns: number = 80;
  #text = '';

  constructor(readonly isTTY: boolean = false) {
    super();
  }

  /** Everything written so far, without colours. */
  get text(): string {
    return stripVTControlCharacters(this.#text);
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#text += chunk.toString();
    done();
  }
}

import { readFile, stat } from 'node:fs/promises';
import { ConfigError, configIssue } from '../config/config-error';
import type { ExperimentConfig } from '../config/experiment-config';
import { parseConfig } from '../config/resolve-config';
import { systemCode } from './output-error';

/** A page of text; more is a wrong file. */
const MAX_BYTES = 1 << 20;

/**
 * Reads an experiment file and resolves it with the `--set` options, as {@link parseConfig} does.
 *
 * @throws ConfigError `UNREADABLE`, `TOO_LARGE`, `SYNTAX`, `SCHEMA` or `OVERRIDE`.
 */
export async function readConfig(file: string, overrides: readonly string[] = []): Promise<ExperimentConfig> {
  return parseConfig(await readText(file), { file, overrides });
}

async function readText(file: string): Promise<string> {
  const bytes = await readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const complaint = 'must be text in UTF-8, got bytes that are not. Save the file as UTF-8.';
    throw new ConfigError('SYNTAX', [configIssue(`${file}:1:1`, [], complaint)], { cause });
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const facts = await stat(file);
    if (!facts.isFile())
      throw refusal(
        'UNREADABLE',
        file,
        'must be a file, got something else. Pass the path of an experiment file.',
      );
    if (facts.size > MAX_BYTES) {
      throw refusal(
        'TOO_LARGE',
        file,
        `must be at most ${MAX_BYTES} bytes, got ${facts.size}. Is this an experiment file?`,
      );
    }
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    const code = systemCode(cause);
    const got = code === 'ENOENT' ? 'no file' : (code ?? String(cause));
    throw refusal('UNREADABLE', file, `must be a file you may read, got ${got}. Check the path.`, cause);
  }
}

function refusal(
  code: 'UNREADABLE' | 'TOO_LARGE',
  file: string,
  complaint: string,
  cause?: unknown,
): ConfigError {
  return new ConfigError(code, [configIssue(file, [], complaint)], { cause });
}

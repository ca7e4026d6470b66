import type { CommonOptions } from './common-options';

/**
 * The command line that goes on where a run stopped: the same options, so that the config is the same, and `--resume auto`.
 *
 * @param words command and arguments, `['pretrain', 'smoke.yaml']`
 */
export function resumeCommand(
  words: readonly string[],
  outDir: string,
  { set = [], seed, device, data }: CommonOptions & { readonly data?: string },
): string {
  const options = [
    ...set.flatMap((override) => ['--set', override]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...(data === undefined ? [] : ['--data', data]),
    ...(device === 'auto' ? [] : ['--device', device]),
  ];
  return ['bravais', ...words, '--out', outDir, ...options, '--resume', 'auto'].map(quoted).join(' ');
}

/** A word as a POSIX shell reads it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

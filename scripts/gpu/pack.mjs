import { renameSync } from 'node:fs';
import { capture } from '../setup/command.mjs';
import { SetUpError } from '../setup/workspace.mjs';

/**
 * Packs what a folder holds, links as links; written beside and then renamed.
 *
 * @param {string} folder
 * @param {string} archive `.tar.xz`
 */
export function pack(folder, archive) {
  const beside = `${archive}.new`;
  const owner = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name'];
  const { ok, report } = capture('tar', ['-cJf', beside, ...owner, '-C', folder, '.'], {
    env: { XZ_OPT: '-T0 -6' },
  });
  if (!ok) throw new SetUpError(`tar: ${report}`);
  renameSync(beside, archive);
}

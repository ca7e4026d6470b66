import { arch, availableParallelism, release, totalmem, type } from 'node:os';
import { packageVersions } from './package-versions';

/** What is known before any driver is asked. */
export interface MachineFacts {
  readonly node: string;
  readonly system: string;
  readonly architecture: string;
  /** Logical processors the process may use. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** By package name; `null` where the package is not installed. */
  readonly versions: Readonly<Record<string, string | null>>;
}

/** Runtime, system and package versions of this process. */
export function examineMachine(): MachineFacts {
  return {
    node: process.version,
    system: `${type()} ${release()}`,
    architecture: arch(),
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    versions: packageVersions(),
  };
}

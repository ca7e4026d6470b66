import { access, mkdir, open, rename, rm } from 'node:fs/promises';

/** The few operations that a checkpoint is written with, so that a test can stop after any of them. */
export interface FolderSystem {
  exists(path: string): Promise<boolean>;
  makeFolder(path: string): Promise<void>;
  /** Writes a new file and waits until it is on the disk. */
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  /** Waits until the names in a folder are on the disk. */
  syncFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  removeFolder(path: string): Promise<void>;
}

/** {@link FolderSystem} on the real disk. */
export const diskFolders: FolderSystem = {
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true });
  },
  writeFile: async (path, bytes) => {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  syncFolder: async (path) => {
    // Windows opens no folders, and keeps their names safe itself.
    if (process.platform === 'win32') return;
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
  rename,
  removeFolder: (path) => rm(path, { recursive: true, force: true }),
};

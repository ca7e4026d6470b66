import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImageFolderOptions, readImageFolder } from './image-folder';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-folder-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function put(path: string, content: Uint8Array | string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
}
const pixel = (value: number) =>
  encode({ width: 1, height: 1, depth: 8, channels: 1, data: Uint8Array.of(value) });
async function read(options?: ImageFolderOptions) {
  const found: string[] = [];
  for await (const { id, label, split, image } of readImageFolder(folder, options)) {
    found.push(`${id} ${label} ${split} ${image.values[0]}`);
  }
  return found;
}

describe('readImageFolder', () => {
  it('takes labels from sub-folders, in order, and passes over other files and links', async () => {
    put('b/2.png', pixel(255));
    put('a/deep/1.PNG', pixel(0));
    put('a/readme.txt', 'no image');
    symlinkSync(join(folder, 'b/2.png'), join(folder, 'a/link.png'));
    expect(await read()).toEqual(['a/deep/1.PNG a null 0', 'b/2.png b null 1']);
  });

  it('takes labels from a CSV, quoted or not', async () => {
    put('x 1.png', pixel(255));
    put('sub/y.png', pixel(0));
    put(
      'labels.csv',
      '\ufefffile,note,label,split\r\n"x 1.png","a ""b"", c",crack,train\r\nsub/y.png,,free,test\n',
    );
    expect(await read({ labels: 'labels.csv' })).toEqual(['x 1.png crack train 1', 'sub/y.png free test 0']);
  });

  it.each([
    ['leads out of the folder', 'file,label\n../secret.png,a\n', 'a file inside the folder expected'],
    ['leads out on a detour', 'file,label\na/../../secret.png,a\n', 'a file inside the folder expected'],
    ['is absolute', 'file,label\n/etc/passwd,a\n', 'a file inside the folder expected'],
    ['has no label column', 'file,name\na.png,a\n', 'labels.csv:1 a header with the columns file and label'],
    ['has a line of too few fields', 'file,label\na.png\n', 'labels.csv:2 2 fields expected, got 1'],
    ['has a file twice', 'file,label\na.png,a\n./a.png,b\n', 'each file once expected'],
    ['has an open quote', 'file,label\n"a.png,a\n', 'quotes closed'],
    ['has no lines', '', 'images expected, got none'],
  ])('refuses a CSV that %s', async (_, csv, message) => {
    put('labels.csv', csv);
    await expect(read({ labels: 'labels.csv' })).rejects.toThrow(message);
  });

  it('names the file that is no image, is empty, missing, too large or beside its label', async () => {
    await expect(read()).rejects.toThrow('images expected, got none');
    put('a/page.png', '<!doctype html><title>404</title>');
    await expect(read()).rejects.toThrow('a/page.png a PNG, JPEG or TIFF image expected, got an HTML page');
    put('a/page.png', '');
    await expect(read()).rejects.toThrow('a/page.png a PNG, JPEG or TIFF image expected, got 0 bytes');
    put('a/page.png', pixel(1));
    await expect(read({ maxFileBytes: 10 })).rejects.toThrow('a/page.png at most 10 bytes');
    put('beside.png', pixel(1));
    await expect(read()).rejects.toThrow('got one beside them');
    put('labels.csv', 'file,label\nnone.png,a\n');
    await expect(read({ labels: 'labels.csv' })).rejects.toThrow(
      expect.objectContaining({ code: 'DATA_NOT_FOUND' }),
    );
  });
});

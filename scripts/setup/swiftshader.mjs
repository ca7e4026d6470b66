import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { capture } from './command.mjs';
import { readTar } from './tar.mjs';
import { say } from './workspace.mjs';

/** npm package that carries SwiftShader (software Vulkan) and a Vulkan loader for Linux on x64. */
const packageName = '@sparticuz/chromium';
const version = '147.0.0';
const integrity =
  'sha512-4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ==';
const archiveInPackage = 'package/bin/swiftshader.tar.br';
const driverFiles = ['libvk_swiftshader.so', 'libvulkan.so.1', 'vk_swiftshader_icd.json'];
const largestPackageBytes = 256 * 1024 * 1024;
const largestDriverBytes = 64 * 1024 * 1024;

/** @returns {boolean} whether the package's driver is made for this machine */
export function mayUseSwiftShader() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Fetches SwiftShader from npm into `<cache>/swiftshader-<version>`, written beside and then renamed.
 *
 * @param {string} cache folder of software drivers
 * @returns {string} empty where it went well, else the reason in words
 */
export function installSwiftShader(cache) {
  say(`fetching the software Vulkan driver SwiftShader (npm ${packageName} ${version}, 68 MB) into ${cache}`);
  const download = mkdtempSync(join(tmpdir(), 'bravais-swiftshader-'));
  const beside = `${cache}.new-${process.pid}`;
  try {
    const files = unpack(fetchPackage(download));
    mkdirSync(beside, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(beside, name), content);
    const folder = join(cache, `swiftshader-${version}`);
    mkdirSync(dirname(folder), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(beside, folder);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(download, { recursive: true, force: true });
    rmSync(beside, { recursive: true, force: true });
  }
}

/** @param {string} folder @returns {Buffer} the package's tarball, checked against the pinned hash */
function fetchPackage(folder) {
  const { ok, stdout, report } = capture('npm', ['pack', '--loglevel=error', `${packageName}@${version}`], {
    cwd: folder,
  });
  if (!ok) throw new Error(`npm pack ${packageName}@${version} failed: ${report}`);
  const tarball = readFileSync(join(folder, stdout.trim().split('\n').at(-1) ?? ''));
  const got = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  if (got !== integrity) throw new Error(`${packageName} ${version}: expected ${integrity}, got ${got}`);
  return tarball;
}

/** @param {Buffer} tarball @returns {Map<string, Buffer>} */
function unpack(tarball) {
  const contents = gunzipSync(tarball, { maxOutputLength: largestPackageBytes });
  const archive = readTar(contents, [archiveInPackage]).get(archiveInPackage);
  return readTar(brotliDecompressSync(archive ?? '', { maxOutputLength: largestDriverBytes }), driverFiles);
}

import { join } from 'node:path';
import ts from 'typescript';
import type { Entry } from './public-names.ts';

/** Programs over the sources and over texts beside them; files are parsed once for all of them. */
export class ExamplePrograms {
  readonly #options: ts.CompilerOptions;
  readonly #host: ts.CompilerHost;
  readonly #texts = new Map<string, string>();
  readonly #declarations: string;

  constructor(root: string, entries: readonly Entry[]) {
    const { options } = ts.getParsedCommandLineOfConfigFile(
      join(root, 'tsconfig.test.json'),
      {},
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (found) => fail(found) },
    )!;
    this.#options = {
      ...options,
      // Examples leave out which of their imports are types.
      verbatimModuleSyntax: false,
      isolatedModules: false,
      paths: Object.fromEntries(entries.map(({ specifier, source }) => [specifier, [source]])),
    };
    this.#declarations = join(root, 'tooling', 'wgsl.d.ts');
    this.#host = this.#overlay(ts.createCompilerHost(this.#options, true));
  }

  /** A program over files on disk and over texts, by absolute path. */
  program(files: readonly string[], texts: ReadonlyMap<string, string> = new Map()): ts.Program {
    for (const [path, text] of texts) this.#texts.set(path, text);
    const roots = [...files, ...texts.keys(), this.#declarations];
    return ts.createProgram(roots, this.#options, this.#host);
  }

  #overlay(host: ts.CompilerHost): ts.CompilerHost {
    const parsed = new Map<string, ts.SourceFile | undefined>();
    const { fileExists, readFile, getSourceFile } = host;
    return {
      ...host,
      fileExists: (path) => this.#texts.has(path) || fileExists(path),
      readFile: (path) => this.#texts.get(path) ?? readFile(path),
      getSourceFile: (path, languageVersion, ...rest) => {
        if (!parsed.has(path)) {
          const text = this.#texts.get(path);
          parsed.set(
            path,
            text === undefined
              ? getSourceFile(path, languageVersion, ...rest)
              : ts.createSourceFile(path, text, languageVersion, true),
          );
        }
        return parsed.get(path);
      },
    };
  }
}

function fail(found: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(found.messageText, '\n'));
}

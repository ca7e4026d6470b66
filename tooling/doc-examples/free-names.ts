import ts from 'typescript';

/** Codes of "Cannot find name …", in its several wordings. */
const UNKNOWN_NAME = new Set([2304, 2552, 2580, 2583, 2584, 2591, 2592, 2593, 18004]);

/** Names that each text uses and does not declare, those of the language itself included. */
export function freeNames(texts: readonly string[]): string[][] {
  const files = new Map(
    texts.map((text, index) => [
      `/${index}.ts`,
      ts.createSourceFile(`/${index}.ts`, `${text}\nexport {};\n`, ts.ScriptTarget.ESNext, true),
    ]),
  );
  const host: ts.CompilerHost = {
    getSourceFile: (name) => files.get(name),
    getDefaultLibFileName: () => '/lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => files.has(name),
    readFile: () => undefined,
  };
  const program = ts.createProgram([...files.keys()], { noLib: true, noResolve: true, types: [] }, host);
  return [...files.values()].map((file) => {
    const unknown = program.getSemanticDiagnostics(file).filter(({ code }) => UNKNOWN_NAME.has(code));
    return [...new Set(unknown.map(({ start, length }) => file.text.slice(start, start! + length!)))];
  });
}

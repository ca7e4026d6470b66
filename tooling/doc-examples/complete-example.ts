import { join } from 'node:path';
import ts from 'typescript';
import type { DocExample } from './doc-example.ts';
import { givenFor } from './given-names.ts';
import type { PublicName } from './public-names.ts';

/** An example with everything that it leaves out. */
export interface CompleteExample {
  /** The module, imports in front. */
  readonly text: string;
  /** Lines in front of the example's own. */
  readonly linesBefore: number;
  /** Module of each name that the example does not declare: a path, or a package. */
  readonly modules: ReadonlyMap<string, string>;
  /** The example without its own imports. */
  readonly body: string;
}

/** What names there are. */
export interface KnownNames {
  readonly root: string;
  readonly public: ReadonlyMap<string, readonly PublicName[]>;
  /** Exported names by path of a module of `given`. */
  readonly given: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Imports what an example names: from the modules given for its file, else from the public entries. Of several entries that one
 * counts that leads to the file in which the example stands, then one of its own package, then the first.
 */
export function completeExample(
  { file, code }: DocExample,
  free: readonly string[],
  known: KnownNames,
): CompleteExample {
  const { body, modules } = ownImports(code, known);
  const lines: string[] = [];
  for (const name of free) {
    const given = givenFor(file).find((path) => known.given.get(path)!.has(name));
    const found = given ?? publicEntry(name, file, known)?.entry.source;
    if (!found) continue;
    modules.set(name, found);
    lines.push(
      given
        ? `import { ${name} as given_${name} } from '${found}'; let ${name} = given_${name};`
        : `import { ${name} } from '${found}';`,
    );
  }
  return {
    text: `${lines.map((line) => `${line}\n`).join('')}${code}\nexport {};\n`,
    linesBefore: lines.length,
    modules,
    body,
  };
}

function publicEntry(name: string, file: string, known: KnownNames): PublicName | undefined {
  const choices = known.public.get(name) ?? [];
  const home = join(known.root, ...file.split('/').slice(0, 2), '/');
  return (
    choices.find(({ declaredIn }) => declaredIn === join(known.root, file)) ??
    choices.find(({ entry }) => entry.source.startsWith(home)) ??
    choices[0]
  );
}

function ownImports(code: string, known: KnownNames): { body: string; modules: Map<string, string> } {
  const sources = new Map(
    [...known.public.values()].flat().map(({ entry }) => [entry.specifier, entry.source]),
  );
  const modules = new Map<string, string>();
  let body = code;
  const parsed = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ESNext, true);
  for (const statement of parsed.statements.filter(ts.isImportDeclaration)) {
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
    const { namedBindings } = statement.importClause!;
    for (const { name } of (namedBindings as ts.NamedImports).elements) {
      modules.set(name.text, sources.get(specifier) ?? specifier);
    }
    body = body.replace(statement.getText(), '');
  }
  return { body, modules };
}

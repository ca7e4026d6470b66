import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What users import from, and the source behind it. */
export interface Entry {
  /** `@bravais/tensor-core/nn`. */
  readonly specifier: string;
  /** Absolute. */
  readonly source: string;
}

/** Every entry of every package that others may import, the main one of a package first. */
export function packageEntries(root: string): Entry[] {
  const packages = join(root, 'packages');
  return readdirSync(packages)
    .map((name) => join(packages, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .flatMap((folder) => {
      const { name, exports = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name: string;
        exports?: Record<string, string | Record<string, string>>;
      };
      return Object.entries(exports).flatMap(([path, target]) => {
        const source = typeof target === 'string' ? undefined : target['@bravais/source'];
        return source ? [{ specifier: join(name, path), source: join(folder, source) }] : [];
      });
    });
}

/** What an entry exports, and the file that declares it. */
export interface PublicName {
  readonly entry: Entry;
  readonly declaredIn: string;
}

/** Exported names of the entries; a name may be exported by several. */
export function publicNames(program: ts.Program, entries: readonly Entry[]): Map<string, PublicName[]> {
  const checker = program.getTypeChecker();
  const names = new Map<string, PublicName[]>();
  for (const entry of entries) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(entry.source)!);
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      const declared = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const declaredIn = declared.declarations?.[0]?.getSourceFile().fileName ?? '';
      names.set(symbol.name, [...(names.get(symbol.name) ?? []), { entry, declaredIn }]);
    }
  }
  return names;
}

import ts from 'typescript';
import type { CompleteExample } from './complete-example.ts';
import { statedResult } from './stated-result.ts';

/** Runs an example, and holds its values against what its comments say of them. */
export async function runExample({ body, modules }: CompleteExample): Promise<void> {
  const names: string[] = ['holds'];
  const values: unknown[] = [(value: unknown, comment: string): void => statedResult(comment)!(value)];
  for (const [name, module] of modules) {
    const exported = (await import(/* @vite-ignore */ module)) as Record<string, unknown>;
    // Types have no value.
    if (!(name in exported)) continue;
    names.push(name);
    values.push(exported[name]);
  }
  const { outputText } = ts.transpileModule(`async function example() {\n${withChecks(body)}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const make = new Function(...names, `${outputText}\nreturn example;`) as (
    ...given: unknown[]
  ) => () => Promise<void>;
  await make(...values)();
}

/** `expression; // 12` becomes `holds(expression, '// 12');`, and `const n = expression; // 12` is followed by `holds(n, '// 12');`. */
function withChecks(body: string): string {
  const parsed = ts.createSourceFile('example.ts', body, ts.ScriptTarget.ESNext, true);
  return parsed.statements
    .map((statement) => {
      const written = body.slice(statement.pos, statement.end);
      const [range] = ts.getTrailingCommentRanges(body, statement.end) ?? [];
      const comment = range && body.slice(range.pos, range.end);
      if (!comment || !statedResult(comment)) return written;
      if (ts.isExpressionStatement(statement)) {
        return `\nholds(${statement.expression.getText()}, ${JSON.stringify(comment)});`;
      }
      const name = ts.isVariableStatement(statement) && statement.declarationList.declarations[0]!.name;
      return name && ts.isIdentifier(name)
        ? `${written}\nholds(${name.text}, ${JSON.stringify(comment)});`
        : written;
    })
    .join('');
}

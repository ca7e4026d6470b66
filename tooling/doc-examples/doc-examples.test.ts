import { join } from 'node:path';
import ts from 'typescript';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CompleteExample, completeExample } from './complete-example.ts';
import type { DocExample } from './doc-example.ts';
import { ExamplePrograms } from './example-program.ts';
import { findExamples } from './find-examples.ts';
import { freeNames } from './free-names.ts';
import { givenModules } from './given-names.ts';
import { packageEntries, publicNames } from './public-names.ts';
import { runExample } from './run-example.ts';

const root = join(import.meta.dirname, '..', '..');
const examples = findExamples(root);
const titled = (those: readonly DocExample[]): [string, DocExample][] =>
  those.map((example) => [`${example.file}:${example.line}`, example]);
/** Where the compiler finds an example; there is no such file. */
const pathOf = (example: DocExample): string =>
  join(import.meta.dirname, `example-${examples.indexOf(example)}.ts`);

const complete = new Map<DocExample, CompleteExample>();
let program: ts.Program;
beforeAll(() => {
  const entries = packageEntries(root);
  const given = givenModules();
  const programs = new ExamplePrograms(root, entries);
  const sources = programs.program([...entries.map(({ source }) => source), ...given]);
  const exported = publicNames(
    sources,
    given.map((source) => ({ specifier: source, source })),
  );
  const known = {
    root,
    public: publicNames(sources, entries),
    given: new Map(
      given.map((path) => [
        path,
        new Set(
          [...exported].flatMap(([name, at]) =>
            at.some(({ entry }) => entry.source === path) ? [name] : [],
          ),
        ),
      ]),
    ),
  };
  const free = freeNames(examples.map(({ code }) => code));
  for (const [k, example] of examples.entries())
    complete.set(example, completeExample(example, free[k]!, known));
  program = programs.program(
    [],
    new Map(examples.map((example) => [pathOf(example), complete.get(example)!.text])),
  );
});

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

it('there are examples, and most of them run', () => {
  expect(examples.length).toBeGreaterThan(200);
  expect(examples.filter(({ runs }) => runs).length).toBeGreaterThan(0.7 * examples.length);
});

describe('types', () => {
  it.each(titled(examples))('%s', (_, example) => {
    const file = program.getSourceFile(pathOf(example))!;
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    const { linesBefore } = complete.get(example)!;
    const said = found.map(({ messageText, start }) => {
      const line = file.getLineAndCharacterOfPosition(start!).line - linesBefore + example.line;
      return `${example.file}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    expect(said).toEqual([]);
  });
});

describe('values', () => {
  it.each(titled(examples.filter(({ runs }) => runs)))('%s', async (_, example) => {
    await runExample(complete.get(example)!);
  });
});

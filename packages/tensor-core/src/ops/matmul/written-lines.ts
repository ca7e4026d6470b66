/** Puts lines in place of a kernel's `// [mark]` lines, indented as the mark is. */
export function withWrittenLines(text: string, marks: Readonly<Record<string, readonly string[]>>): string {
  return text.replace(/^( *)\/\/ \[(\w+)\]$/gm, (_, indent: string, mark: string) =>
    marks[mark]!.map((line) => indent + line).join('\n'),
  );
}

/** Problems as compilers print them: place and message, then the line with a mark below the place. */
import { problemLine, visible, type Problem } from '../behaviour/source/problem';
import type { CliIo } from './cli-io';

const widest = 110;

/** The line and the mark, cut so that the mark is on the screen; `null` for a line that doesn't exist. */
export function pointer(text: string, { line, column }: Pick<Problem, 'line' | 'column'>): readonly string[] | null {
  const written = text.replace(/^\uFEFF/, '').split('\n')[line - 1];
  if (written === undefined) return null;
  // One cell per character: a tab or a control character would move the mark.
  const characters = Array.from(written.replace(/\r$/, ''), (character) =>
    visible(character) === character ? character : ' ',
  );
  const start = Math.max(0, column - widest + 10);
  const shown = characters.slice(start, start + widest).join('');
  const margin = String(line).length;
  return [` ${line} | ${shown}`, ` ${' '.repeat(margin)} | ${' '.repeat(Math.max(0, column - 1 - start))}^`];
}

/** Prints all problems. Reads the texts again to show their lines. */
export async function showProblems(problems: readonly Problem[], io: CliIo): Promise<void> {
  const texts = new Map<string, string>();
  for (const problem of problems) {
    const text = texts.get(problem.file) ?? (await io.readText(problem.file)) ?? '';
    texts.set(problem.file, text);
    io.complain(problemLine(problem));
    for (const line of text === '' ? [] : (pointer(text, problem) ?? [])) io.complain(line);
  }
  io.complain(problems.length === 1 ? '1 problem' : `${problems.length} problems`);
}

/** What is wrong in a behaviour file, and where. */

/** A place in a file; line and column count from 1, columns in characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A position in a named file. */
export interface Place extends Position {
  readonly file: string;
}

/** One mistake; the message says what was expected. */
export interface Problem extends Place {
  readonly message: string;
}

/** A behaviour file that can't be used; `problems` is never empty. */
export class BehaviourError extends Error {
  constructor(readonly problems: readonly [Problem, ...Problem[]]) {
    super(problems.map(problemLine).join('\n'));
    this.name = 'BehaviourError';
  }
}

/** `file:line:column: message`, as compilers print it. */
export function problemLine({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}: ${message}`;
}

/** Escapes control characters, so that they don't affect a terminal. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `U+${code}`;
  });
}

/** Hands the seccomp filter to bubblewrap, which reads it from a descriptor. */
import { closeSync, openSync } from 'node:fs';

export interface OpenFilter {
  /** bubblewrap's arguments */
  readonly words: readonly string[];
  /** The last entry of the child's `stdio` */
  readonly stdio: number | 'ignore';
  /** Call it when the child was started */
  close(): void;
}

/**
 * @param file `null` for none, in tests on the host
 * @param descriptor the child's next free one
 */
export function openFilter(file: string | null, descriptor: number): OpenFilter {
  if (file === null) return { words: [], stdio: 'ignore', close: () => undefined };
  const opened = openSync(file, 'r');
  return { words: ['--seccomp', String(descriptor)], stdio: opened, close: () => closeSync(opened) };
}

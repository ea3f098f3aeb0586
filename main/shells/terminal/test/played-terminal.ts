/** A terminal that records what it prints, and a person who answers when the test says so. */
import { Listeners } from '../../../../schema/transport';
import type { Terminal } from '../terminal';

export interface PlayedTerminal extends Terminal {
  /** Everything printed, in order */
  readonly printed: readonly unknown[];
  /** The questions asked, by id */
  readonly questions: ReadonlyMap<string, string>;
  canAsk: boolean;
  answer(id: string, word: string): void;
  interrupt(): void;
  /** Quits at once */
  interruptAgain(): void;
  /** How many wait for an interrupt */
  readonly waiting: number;
}

export function playTerminal(): PlayedTerminal {
  const printed: unknown[] = [];
  const questions = new Map<string, string>();
  const open = new Map<string, (word: string | null) => void>();
  const interrupts = new Listeners<undefined>();
  const seconds = new Listeners<undefined>();
  let waiting = 0;
  const settle = (id: string, word: string | null): void => {
    open.get(id)?.(word);
    open.delete(id);
  };
  return {
    ...{ printed, questions, canAsk: true },
    text: (text) => void printed.push(text),
    lines: (...lines) => void printed.push(lines.map((line) => `${line}\n`).join('')),
    json: (value) => void printed.push(value),
    note: (line) => void printed.push(`note: ${line}`),
    vm: ({ kind }) => void printed.push(`vm: ${kind}`),
    result: (outputs, failure) => void printed.push({ outputs, failure }),
    ask: <T extends string>(id: string, question: string) => {
      questions.set(id, question);
      return new Promise<T | null>((resolve) => open.set(id, (word) => resolve(word as T | null)));
    },
    answer: settle,
    closeQuestion: (id) => settle(id, null),
    onInterrupt: (listener, onSecond = () => undefined) => {
      waiting++;
      const again = seconds.add(onSecond);
      const subscription = interrupts.add(listener);
      return () => {
        waiting--;
        subscription.dispose();
        again.dispose();
      };
    },
    interrupt: () => interrupts.emit(undefined),
    interruptAgain: () => seconds.emit(undefined),
    get waiting() {
      return waiting;
    },
  };
}

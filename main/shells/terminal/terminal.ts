/** The terminal as the commands use it: results on standard output, progress on standard error. */
import { createInterface } from 'node:readline';
import { createInterface as createPrompt } from 'node:readline/promises';
import { visibleLine } from '../../../node/visible-text';
import type { VmStatus } from '../../../schema/vm-api';
import { createPrinter } from './print';

export interface Terminal {
  /** Text of the model, as it comes */
  text(text: string): void;
  /** Whole lines; a name in one makes no other */
  lines(...lines: readonly string[]): void;
  json(value: unknown): void;
  note(line: string): void;
  vm(status: VmStatus): void;
  result(outputs: readonly string[], failure: string | null): void;
  /** Whether somebody is there who can answer */
  readonly canAsk: boolean;
  /** A question with a choice of words; `null` when it was closed before an answer came. */
  ask<T extends string>(id: string, question: string, choices: readonly T[]): Promise<T | null>;
  closeQuestion(id: string): void;
  /**
   * Runs on the first Ctrl-C; a second one ends the process immediately. Returns a function that ends the subscription.
   */
  onInterrupt(listener: () => void, onSecond?: () => void): () => void;
}

const phaseWords: Readonly<Record<string, string>> = {
  checking_accelerator: 'checking this computer',
  booting_template: 'preparing the workspace (first time only)',
  parking: 'loading the agent (first time only)',
  saving_template: 'saving it for fast starts',
  starting_qemu: 'starting the workspace',
  resuming: 'resuming',
  starting_guest: 'opening folders',
  connecting: 'connecting',
};

export function createTerminal(
  output: NodeJS.WriteStream = process.stdout,
  progress: NodeJS.WriteStream = process.stderr,
  input: NodeJS.ReadStream = process.stdin,
): Terminal {
  const open = new Map<string, AbortController>();
  let lastPhase = '';
  const results = createPrinter(output);
  const notes = createPrinter(progress);
  const note = (line: string): void => notes.lines(line);
  return {
    text: (text) => results.text(text),
    lines: (...lines) => results.lines(...lines),
    json: (value) => results.json(value),
    note,
    vm: (status) => {
      if (status.kind === 'ready') return note(`· workspace ready in ${(status.startMs / 1000).toFixed(1)} s`);
      if (status.kind === 'failed') return note(`! ${status.failure.message}`);
      const phase = 'phases' in status ? status.phases.at(-1)?.name : undefined;
      if (phase === undefined || phase === lastPhase) return;
      lastPhase = phase;
      note(`· ${phaseWords[phase] ?? phase}`);
    },
    result: (outputs, failure) => {
      results.lines('');
      if (failure !== null) notes.lines('', `The run failed: ${failure}`);
      if (outputs.length > 0) results.lines('', 'Files created:', ...outputs.map((path) => `  ${path}`));
    },
    // Streams that aren't terminals lack this member, whatever their types say.
    canAsk: 'isTTY' in input && 'isTTY' in progress,
    ask: async <T extends string>(id: string, question: string, choices: readonly T[]) => {
      const closing = new AbortController();
      open.set(id, closing);
      const lines = createPrompt({ input, output: progress });
      try {
        for (;;) {
          const typed = await lines.question(`\n? ${visibleLine(question)} [${choices.join('/')}] `, {
            signal: closing.signal,
          });
          const word = typed.trim().toLowerCase();
          const chosen = word === '' ? undefined : choices.find((choice) => choice.startsWith(word));
          if (chosen !== undefined) return chosen;
        }
      } catch {
        // Closed before an answer came.
        return null;
      } finally {
        lines.close();
        open.delete(id);
      }
    },
    closeQuestion: (id) => open.get(id)?.abort(),
    onInterrupt: (listener, onSecond = () => undefined) => {
      const first = (): void => {
        notes.lines('', 'Stopping the run… (press Ctrl-C again to quit now)');
        process.once('SIGINT', second);
        listener();
      };
      const second = (): void => {
        onSecond();
        process.exit(130);
      };
      process.once('SIGINT', first);
      process.once('SIGTERM', first);
      return () => {
        process.off('SIGINT', first);
        process.off('SIGTERM', first);
        process.off('SIGINT', second);
      };
    },
  };
}

/** One line from the person without showing it, or all of standard input when that isn't a terminal. */
export async function readSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8').trim();
  }
  process.stderr.write(visibleLine(question));
  const lines = createInterface({ input: process.stdin, terminal: true });
  try {
    return await new Promise<string>((resolve) => lines.question('', resolve));
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

/** Commands in the task's sandbox, and the run itself. */
import type { PiHost } from '../../../schema/generated/pi-api';
import { field } from '../json';
import { atOnce, type LiveSession } from './live-session';

/** Bytes of both outputs together; even with every byte replaced, they fit into a frame */
const maximumOutputBytes = 2 * 1024 * 1024;

type Methods = Pick<PiHost, 'execShell' | 'abort' | 'compact' | 'quit' | 'log'>;

/** @param log takes lines for developers */
export const runHost = (live: LiveSession, log: (text: string) => void): Methods => ({
  execShell: async (request, call) => {
    const { command, args, cwd, timeoutMs, maximumOutputBytes: wanted = maximumOutputBytes } = request;
    const [program, words] = args === undefined ? ['/bin/sh', ['-c', command]] : [command, args];
    const { code, ...rest } = await live().pi.exec(program, words, {
      ...{ ...field('cwd', cwd), ...field('timeout', timeoutMs), ...field('signal', call?.signal) },
      maxBuffer: Math.min(wanted, maximumOutputBytes),
    });
    // pi reports exit code 0 for a process that it killed.
    return { ...rest, exitCode: rest.killed && code === 0 ? undefined : code };
  },
  abort: atOnce(() => {
    live().context.abort();
    return {};
  }),
  compact: atOnce(({ customInstructions }) => {
    // The result arrives as an event.
    live().context.compact({ ...field('customInstructions', customInstructions), onError: () => undefined });
    return {};
  }),
  quit: atOnce(() => {
    live().context.shutdown();
    return {};
  }),
  log: atOnce(({ level, message }) => {
    log(`${level}: ${message}`);
    if (level !== 'info') live().context.ui.notify(message, level);
    return {};
  }),
});

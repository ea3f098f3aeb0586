/** A reason why set-up cannot go on, with what the user can do about it. */
export class SetupFailure extends Error {
  /**
   * @param {string} message what happened
   * @param {string} advice what to do next
   * @param {string} [output] last lines of the tool that failed
   */
  constructor(message, advice, output = '') {
    super(message);
    this.name = 'SetupFailure';
    this.advice = advice;
    this.output = output;
  }
}

/** @type {ReadonlyArray<{ pattern: RegExp, advice: string }>} */
const causes = [
  {
    pattern: /No space left on device|ENOSPC|not enough free space|Disk quota exceeded/i,
    advice: 'The disk is full. Free about 2 GB and run the same command again.',
  },
  {
    pattern: /Could not get lock|Unable to (lock|acquire)|is another process using it/i,
    advice: 'Another package manager is at work. Wait until it has ended and run the same command again.',
  },
  {
    pattern: /are you root|Permission denied|EACCES|EPERM/i,
    advice: 'A folder or file is not writable for you. Check who owns it and run the same command again.',
  },
  {
    pattern:
      /Temporary failure resolving|Could not (resolve|connect)|Unable to connect|Failed to fetch|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|network request/i,
    advice: 'No answer from the network. Check it (and proxy or mirror settings) and run the same command again.',
  },
];

/**
 * What to do about a tool's failure, read from its output.
 *
 * @param {string} output
 * @returns {string}
 */
export function adviceFor(output) {
  return causes.find(({ pattern }) => pattern.test(output))?.advice ?? 'Read the lines above; then run it again.';
}

/**
 * What was thrown as a SetupFailure; a fault of our own, which no advice helps, is thrown again.
 *
 * @param {unknown} thrown
 * @returns {SetupFailure}
 */
export function asSetupFailure(thrown) {
  if (thrown instanceof SetupFailure) return thrown;
  if (thrown instanceof Error && 'code' in thrown && 'syscall' in thrown) {
    return new SetupFailure(thrown.message, adviceFor(thrown.message));
  }
  throw thrown;
}

/** A reason why set-up can't continue, with what the user can do about it. */
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
    advice: 'Another package manager is running. Wait until it has finished and run the same command again.',
  },
  {
    pattern: /are you root|Permission denied|EACCES|EPERM/i,
    advice: "You can't write to a folder or file. Check who owns it and run the same command again.",
  },
  {
    pattern:
      /Temporary failure resolving|Could not (resolve|connect)|Unable to connect|Failed to fetch|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|network request/i,
    advice:
      "The network doesn't answer. Check the connection, proxy and mirror settings, and run the same command again.",
  },
];

/**
 * What to do about a tool's failure, based on its output.
 *
 * @param {string} output
 * @returns {string}
 */
export function adviceFor(output) {
  return (
    causes.find(({ pattern }) => pattern.test(output))?.advice ??
    'Read the lines above; then run the same command again.'
  );
}

/**
 * Returns a thrown SetupFailure; a bug in our own code, for which there is no advice, is thrown again.
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

/** How long calls that wait for the workspace may take. */

/**
 * No deadline of the page's own: the workspace may have to be built first, and other tasks may go first. The host
 * follows that work and ends what stands still, and its events say how far it has come.
 */
export const untilTheHostAnswers = null;

/** How long calls that wait for the workspace may take. */

/** The workspace may have to be built first, which takes minutes without hardware virtualisation, in `ms` */
export const openTimeoutMs = 15 * 60_000;

/** How long calls may take that wait for the workspace. */

/** The workspace may have to be built first, which takes minutes where there is no hardware virtualisation, in `ms` */
export const openTimeoutMs = 15 * 60_000;

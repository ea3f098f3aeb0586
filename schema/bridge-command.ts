/** How the bridge's process is started by Node: with a small heap, since there is one for each task. */

/** Megabytes: a tenth of Node's own choice, and no slower (`npm run bench bridge`) */
export const bridgeNodeFlags: readonly string[] = ['--max-semi-space-size=1', '--max-old-space-size=64'];

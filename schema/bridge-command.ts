/** How Node starts the bridge's process: with a small heap, because there is one for each task. */

/** Megabytes: a tenth of Node's default, and not slower (`npm run bench bridge`) */
export const bridgeNodeFlags: readonly string[] = ['--max-semi-space-size=1', '--max-old-space-size=64'];

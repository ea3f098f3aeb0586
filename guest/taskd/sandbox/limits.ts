/** How much of the guest one task may use. Pure. */

export interface SandboxLimits {
  readonly memoryBytes: number;
  /** Processes and threads */
  readonly processes: number;
  /** Its share when processors are scarce; 100 is the kernel's usual one */
  readonly cpuWeight: number;
}

/** How often a limit was hit since the group was made. */
export interface LimitHits {
  /** Programs that were ended because the task had used up its memory */
  readonly memory: number;
  /** The same, because all tasks together had used up theirs */
  readonly sharedMemory: number;
  /** New processes that were refused */
  readonly processes: number;
}

export const noHits: LimitHits = { memory: 0, sharedMemory: 0, processes: 0 };

/** Kept for taskd, the kernel and its caches. */
const reservedBytes = 320 * 1_048_576;
/** One task may use most of the rest, because often there is only one. */
const shareOfOne = 0.75;
const fewestBytes = 512 * 1_048_576;

/** What all sandboxes may use together. @param totalBytes the guest's memory */
export const sharedMemory = (totalBytes: number): number => Math.max(fewestBytes, totalBytes - reservedBytes);

export const limitsOf = (totalBytes: number): SandboxLimits => ({
  memoryBytes: Math.max(fewestBytes, Math.floor(sharedMemory(totalBytes) * shareOfOne)),
  // Enough for a parallel build; a program that starts copies of itself without end is stopped here.
  processes: 1000,
  cpuWeight: 100,
});

const gigabytes = (bytes: number): string => `${(bytes / 1_073_741_824).toFixed(1)} GB`;

/** What the person reads about limits that were hit between the two counts; one sentence each. */
export function limitSentences(before: LimitHits, now: LimitHits, { memoryBytes, processes }: SandboxLimits): string[] {
  const sentences: Readonly<Record<keyof LimitHits, string>> = {
    memory: `A program used more memory than a task may have (${gigabytes(memoryBytes)}), so it was ended.`,
    sharedMemory: "A program was ended because all tasks together had used up the workspace's memory.",
    processes: `This task reached its limit of ${processes.toLocaleString('en')} processes. It couldn't start more.`,
  };
  const names = Object.keys(sentences) as Array<keyof LimitHits>;
  return names.filter((name) => now[name] > before[name]).map((name) => sentences[name]);
}

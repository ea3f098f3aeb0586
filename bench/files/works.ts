/** What is timed, as the agent in the guest does it. */

export interface Work {
  readonly key: 'statusWarm' | 'statusCold' | 'list' | 'write' | 'read' | 'small';
  readonly name: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** All tasks on one file system, ordered so that each prepares the next. */
export const worksOn = (folder: string): readonly Work[] => [
  {
    key: 'statusWarm',
    name: 'git status, 2,000 files, warm',
    action: 'git_status',
    parameters: { path: `${folder}/git`, cold: false },
  },
  {
    key: 'statusCold',
    name: 'git status, 2,000 files, cold',
    action: 'git_status',
    parameters: { path: `${folder}/git`, cold: true },
  },
  {
    key: 'list',
    name: 'ls -lR, 5,000 files, cold',
    action: 'list_all',
    parameters: { path: `${folder}/list`, cold: true },
  },
  {
    key: 'write',
    name: '64 MB write and fsync',
    action: 'write_large',
    parameters: { path: `${folder}/written/large`, megabytes: 64 },
  },
  {
    key: 'read',
    name: '64 MB read, cold',
    action: 'read_large',
    parameters: { path: `${folder}/written/large` },
  },
  {
    key: 'small',
    name: '300 × create, stat, read, delete',
    action: 'small_files',
    parameters: { path: `${folder}/written`, count: 300 },
  },
];

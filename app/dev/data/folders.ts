/** The folders of a made-up home. */
export interface FakeFolder {
  readonly path: string;
  /** Set when the folder can't be bound */
  readonly problem?: string;
}

export const fakeHome = '/home/sam';

export const fakeFolders: readonly FakeFolder[] = [
  { path: fakeHome },
  { path: `${fakeHome}/Documents` },
  { path: `${fakeHome}/Documents/Invoices 2025` },
  { path: `${fakeHome}/Documents/Letters` },
  { path: `${fakeHome}/Downloads` },
  { path: `${fakeHome}/Pictures` },
  { path: `${fakeHome}/Pictures/Summer` },
  { path: `${fakeHome}/Projects` },
  { path: `${fakeHome}/Projects/garden-planner` },
  { path: `${fakeHome}/Reports` },
  { path: `${fakeHome}/Reports/2024` },
  { path: `${fakeHome}/Reports/2025` },
  {
    path: `${fakeHome}/Shared`,
    problem: 'This folder is a link to /mnt/shared. Choose the folder it points to.',
  },
];

import { fakeHome } from '../data/folders';
import type { FakeHost } from './fake-host';

/** Whether a folder can be given to a task, and why not. */
export function checkFolder(host: FakeHost, path: string): { ok: true; path: string } | { ok: false; problem: string } {
  const clean = path.replace(/^~(?=\/|$)/, fakeHome).replace(/(?<=.)\/+$/, '');
  const folder = host.folders.find((candidate) => candidate.path === clean);
  if (folder?.problem !== undefined) return { ok: false, problem: folder.problem };
  if (folder) return { ok: true, path: folder.path };
  if (!clean.startsWith(fakeHome)) {
    return { ok: false, problem: `Choose a folder in ${fakeHome}.` };
  }
  return { ok: false, problem: "This folder doesn't exist. Check the spelling, or choose one from the list." };
}

/** The last name of a path. */
export const named = (path: string): string => path.split('/').at(-1) ?? path;

/** What a process of the guest was started as. */
import { readFile } from 'node:fs/promises';

const cap = 1_000;

/** Its words joined by spaces, at most 1,000 characters; `null` when it is gone, or the kernel's own. */
export async function describeProcess(pid: number, proc = '/proc'): Promise<string | null> {
  const words = await readFile(`${proc}/${pid}/cmdline`, 'utf8').catch(() => '');
  const command = words.split('\0').join(' ').trim().slice(0, cap);
  return command === '' ? null : command;
}

/** What started a process of the guest. */
import { readFile } from 'node:fs/promises';

const cap = 1_000;

/** Its command line joined by spaces, at most 1,000 characters; `null` when the process is gone or is the kernel's. */
export async function describeProcess(pid: number, proc = '/proc'): Promise<string | null> {
  const words = await readFile(`${proc}/${pid}/cmdline`, 'utf8').catch(() => '');
  const command = words.split('\0').join(' ').trim().slice(0, cap);
  return command === '' ? null : command;
}

/** Asks the bridge's own command line whether a behaviour can be used: the host knows nothing of its language. */
import { execFile } from 'node:child_process';

export interface Checked {
  /** Such as `2 rules, 1 tool`; `null` when it cannot be used */
  readonly summary: string | null;
  readonly problems: readonly string[];
}

const deadlineMs = 20_000;
const problemLine = /^(.+?):(\d+):(\d+): (.*)$/;

/** `file.edn: name 1, 2 rules` → `2 rules` */
const summaryOf = (line: string): string => line.split(', ').slice(1).join(', ') || 'nothing in it';

/** `file` is relative to `folder`. Never rejects: what cannot be checked has a problem. */
export function checkBehaviour(bridgeCli: string, folder: string, file: string): Promise<Checked> {
  return new Promise((resolve) => {
    const options = { cwd: folder, timeout: deadlineMs, env: { PATH: process.env['PATH'] ?? '' } };
    execFile(process.execPath, [bridgeCli, 'check', file], options, (error, stdout, stderr) => {
      if (!error) return resolve({ summary: summaryOf(stdout.split('\n')[0] ?? ''), problems: [] });
      const problems = stderr.split('\n').filter((line) => problemLine.test(line));
      resolve({ summary: null, problems: problems.length > 0 ? problems : [`${file} could not be checked.`] });
    });
  });
}

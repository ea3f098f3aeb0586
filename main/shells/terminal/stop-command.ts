/** `stop`: ends the running host with its VM, and waits until both are gone. */
import { setTimeout as wait } from 'node:timers/promises';
import { connectLocally } from '../../running-host/local-client';
import { isAlive, readHostRecord, releaseStateFolder } from '../../running-host/host-record';
import { stateFolderAt } from '../../settings/state-folder';
import { endOrphan } from '../../workers/orphans';
import { join } from 'node:path';
import { output, progress } from './print';

const patienceMs = 20_000;
const lookEveryMs = 100;

export async function stopCommand(stateRoot: string): Promise<number> {
  const { hostFile, root } = stateFolderAt(stateRoot);
  const record = await readHostRecord(hostFile);
  if (!record || !isAlive(record)) {
    // A host that was killed may have left its VM behind.
    const orphan = await endOrphan(join(root, 'qemu.json'));
    if (record) await releaseStateFolder(hostFile);
    output.lines(orphan === null ? "Piwork isn't running." : 'Stopped a workspace that was left over.');
    return 0;
  }
  const connection = await connectLocally(record.socket);
  await connection.client['app.quit']({});
  connection.dispose();
  for (let waited = 0; isAlive(record); waited += lookEveryMs) {
    if (waited > patienceMs) {
      progress.lines(`Piwork (process ${record.pid}) didn't stop within ${patienceMs / 1000} s.`);
      return 1;
    }
    await wait(lookEveryMs);
  }
  output.lines('Piwork has stopped.');
  return 0;
}

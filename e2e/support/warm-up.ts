/** Before the first journey: one start of the machine, so that no journey waits until its template is built. */
import { serveBrowserShell } from './browser-shell';
import { packFolder } from './environment';
import { connectToHost } from './host-client';
import { makePlace, removePlace } from './place';

const buildDeadlineMs = 15 * 60_000;

export default async function warmUp(): Promise<void> {
  const place = await makePlace('warm-up');
  const served = await serveBrowserShell({ place, packFolder: packFolder() });
  try {
    const host = await connectToHost(place.home);
    await host.client['vm.start']({}, { timeoutMs: buildDeadlineMs });
    host.dispose();
  } finally {
    await served.quit();
    await removePlace(place);
  }
}

/** A client of the running host, or of one started for this command, which ends with it. */
import { type AppApi, appApi } from '../../../schema/app-api';
import { connect, type Connection } from '../../../schema/rpc-client';
import { memoryPair } from '../../../schema/transports/memory';
import type { HostOptions } from '../../host/services';
import { HostTakenError, startHost } from '../../host/start-host';
import { connectLocally } from '../../running-host/local-client';

/** Runs `work`. Whatever happens, a host started for it leaves no process behind. */
export async function withClient<T>(
  options: HostOptions,
  work: (connection: Connection<AppApi>) => Promise<T>,
): Promise<T> {
  let host;
  try {
    host = await startHost(options);
  } catch (error) {
    if (!(error instanceof HostTakenError)) throw error;
    const connection = await connectLocally(error.holder.socket);
    return work(connection).finally(() => connection.dispose());
  }
  const own = host;
  const kill = (): void => own.killNow();
  process.once('exit', kill);
  try {
    // Whoever asks it to stop ends this work too, which says so.
    await own.listen({ quit: () => void own.dispose() });
    const [near, far] = memoryPair();
    own.accept(far, 'terminal');
    return await work(connect(appApi, near, { isPeerTrusted: true }));
  } finally {
    await own.dispose();
    process.off('exit', kill);
  }
}

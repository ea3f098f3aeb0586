/**
 * The bridge for one visitor of the daemon: a hook, the MCP server or the status line. A visitor uses the contract like
 * any harness, but the daemon ignores the folders and files that it names, because it knows the person's own.
 */
import { ContractError } from '../../../../schema/capnp/contract-error';
import { servingOnly } from '../../../../schema/capnp/with-defaults';
import type { PiExtensionBridge, PiHost } from '../../../../schema/generated/pi-api';
import type { LiveSession } from './live-session';
import type { LiveSessions } from './live-sessions';

interface Visit {
  readonly host: PiHost;
  readonly session: LiveSession;
}

const lost = (): undefined => undefined;

export function visitorBridge(sessions: LiveSessions): PiExtensionBridge {
  let visit: Visit | null = null;
  let isShown = false;
  const visiting = (): Visit => {
    if (visit) return visit;
    throw new ContractError('notReady', 'attach comes first.');
  };
  const showNotices = async ({ host, session }: Visit): Promise<void> => {
    if (!isShown) return;
    for (const notice of session.takeNotices()) await host.uiAction(notice).catch(lost);
  };
  return servingOnly<PiExtensionBridge>({
    attach: async ({ host, init }) => {
      visit = { host, session: await sessions.get(init) };
      return {};
    },
    describe: async ({ capabilities }) => {
      const { host, session } = visiting();
      isShown = capabilities.includes('notify');
      if (capabilities.includes('status')) {
        for (const status of session.statuses()) await host.uiAction(status).catch(lost);
      }
      return session.manifest;
    },
    handleEvent: async ({ header, ...event }, call) => {
      const here = visiting();
      const { sessionId } = here.session.init;
      const answer = await here.session.bridge.handleEvent(
        { ...event, header: { ...header, sessionId, seq: here.session.nextSeq() } },
        { ...call, deadlineMs: header.deadlineMs },
      );
      await showNotices(here);
      if (event.which === 'sessionShutdown') await sessions.end(sessionId);
      return answer;
    },
    executeTool: (request, call) => visiting().session.bridge.executeTool(request, call),
    cancel: (cancel) => visiting().session.bridge.cancel(cancel),
    shutdown: () => {
      visit = null;
      return Promise.resolve({});
    },
  });
}

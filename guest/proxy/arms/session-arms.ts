/** Sessions: started, named, switched, forked and ended, and what is loaded with them. */
import type {
  McpServer,
  ProjectTrust,
  ResourcesDiscover,
  SessionBeforeFork,
  SessionBeforeSwitch,
  SessionInfoChanged,
  SessionShutdown,
  SessionStart,
} from '../../../schema/generated/pi-api';
import { toJson } from '../json';
import { withoutSecrets } from '../headers';
import { arm, type Applying, type Arms } from './arm';

const cancelled = (why: string, { tell }: Applying): object => {
  tell(why);
  return { cancel: true };
};

/** Keys that are absent in pi's events are keys without a value in the contract. */
export const sessionArms: Arms = {
  project_trust: arm<ProjectTrust>({
    project: ({ cwd, mode, hasUi }) => ({ which: 'projectTrust', projectTrust: { cwd, mode, hasUi } }),
    apply: (response) => (response.which === 'projectTrust' ? response.projectTrust : { trusted: 'undecided' }),
    refuse: () => ({ trusted: 'no' }),
  }),
  resources_discover: arm<ResourcesDiscover>({
    project: ({ cwd, reason }) => ({ which: 'resourcesDiscover', resourcesDiscover: { cwd, reason } }),
    apply: (response) => (response.which === 'resources' ? response.resources : undefined),
  }),
  session_start: arm<SessionStart>({
    project: ({ reason, previousSessionFile }) => ({
      which: 'sessionStart',
      sessionStart: { reason, previousSessionFile },
    }),
  }),
  session_info_changed: arm<SessionInfoChanged>({
    project: ({ name }) => ({ which: 'sessionInfoChanged', sessionInfoChanged: { name } }),
  }),
  session_before_switch: arm<SessionBeforeSwitch>({
    project: ({ reason, targetSessionFile }) => ({
      which: 'sessionBeforeSwitch',
      sessionBeforeSwitch: { reason, targetSessionFile },
    }),
    apply: (response, _event, { tell }) => {
      if (response.which !== 'cancel') return undefined;
      if (response.cancel.reason !== undefined) tell(response.cancel.reason);
      return { cancel: true };
    },
    refuse: (why, _event, applying) => cancelled(why, applying),
  }),
  session_before_fork: arm<SessionBeforeFork>({
    project: ({ entryId, position }) => ({ which: 'sessionBeforeFork', sessionBeforeFork: { entryId, position } }),
    apply: (response, _event, { tell }) => {
      if (response.which !== 'cancel') return undefined;
      const { reason, skipConversationRestore } = response.cancel;
      if (reason !== undefined) tell(reason);
      return { cancel: true, skipConversationRestore };
    },
    refuse: (why, _event, applying) => cancelled(why, applying),
  }),
  session_shutdown: arm<SessionShutdown>({
    project: ({ reason, targetSessionFile }) => ({
      which: 'sessionShutdown',
      sessionShutdown: { reason, targetSessionFile },
    }),
  }),
  mcp_servers_change: arm<{ readonly servers: readonly { readonly name: string; readonly config: unknown }[] }>({
    project: ({ servers }) => ({
      which: 'mcpServersChange',
      mcpServersChange: { servers: servers.map(fromMcpServer) },
    }),
  }),
};

/** Leaves out what may be a key */
export const fromMcpServer = ({ name, config }: { readonly name: string; readonly config: unknown }): McpServer => ({
  name,
  configJson: toJson(withoutSecrets(config)),
});

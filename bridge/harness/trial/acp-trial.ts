/**
 * The VTCode ACP part of the trial, called by the script: one session, with a supervisor that records the questions it
 * gets.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { withDefaults } from '../../../schema/capnp/with-defaults';
import { bridgeInitCodec, limitsCodec } from '../../../schema/generated/pi-api-codec';
import { sandboxLook } from '../../guard/folder-look';
import { ExtensionBridge } from '../../events/extension-bridge';
import { AcpSession, type RunEnd } from '../vtcode/acp/acp-session';
import { startVtcode } from '../vtcode/acp/vtcode-process';

export interface AcpTrial {
  readonly vtcode: string;
  readonly folder: string;
  readonly stateFolder: string;
  readonly behaviour: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface AcpTrialSession {
  prompt(text: string): Promise<RunEnd>;
  abort(): void;
  close(): Promise<void>;
  readonly dialogs: readonly string[];
  readonly notices: readonly string[];
  readonly statuses: readonly string[];
  readonly logged: readonly string[];
}

/** Every question is answered with yes. */
export async function openAcpTrial({
  vtcode,
  folder,
  stateFolder,
  behaviour,
  env,
}: AcpTrial): Promise<AcpTrialSession> {
  const dialogs: string[] = [];
  const notices: string[] = [];
  const statuses: string[] = [];
  const logged: string[] = [];
  const session = await AcpSession.open({
    process: startVtcode({ program: vtcode, words: ['acp'], cwd: folder, env }),
    bridge: new ExtensionBridge(sandboxLook),
    init: withDefaults(bridgeInitCodec, {
      ...{ sessionId: 'trial', cwd: folder, folders: { work: folder }, stateFolder },
      limits: withDefaults(limitsCodec, {}),
      behaviourFiles: [{ name: basename(behaviour), text: readFileSync(behaviour, 'utf8') }],
    }),
    supervisor: {
      log: ({ message }) => {
        logged.push(message);
        return Promise.resolve({});
      },
      uiAction: (action) => {
        if (action.which === 'confirm') {
          dialogs.push(action.confirm.message);
          return Promise.resolve({ which: 'confirmed', confirmed: true });
        }
        if (action.which === 'notify') notices.push(action.notify.message);
        if (action.which === 'setStatus') statuses.push(action.setStatus.text ?? '');
        return Promise.resolve({ which: 'done' });
      },
    },
    supervisorCapabilities: ['dialogs', 'notify', 'status'],
  });
  return {
    prompt: (text) => session.prompt(text),
    abort: () => session.abort(),
    close: () => session.close(),
    ...{ dialogs, notices, statuses, logged },
  };
}

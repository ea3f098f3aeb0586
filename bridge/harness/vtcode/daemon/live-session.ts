/**
 * One session of a person in VTCode's terminal, which lives as long as the daemon; a new process visits it for each
 * hook.
 */
import { ContractError } from '../../../../schema/capnp/contract-error';
import { servingOnly } from '../../../../schema/capnp/with-defaults';
import type {
  BridgeInit,
  ExtensionManifest,
  PiExtensionBridge,
  PiHost,
  UiAction,
} from '../../../../schema/generated/pi-api';

/** Maximum notices that wait for the next hook. */
const noticeCap = 50;

export class LiveSession {
  readonly host: PiHost;
  readonly #notices: UiAction[] = [];
  readonly #statuses = new Map<string, string>();
  #seq = 0;

  constructor(
    readonly bridge: PiExtensionBridge,
    readonly init: BridgeInit,
    readonly manifest: ExtensionManifest,
    ui: SessionUi,
  ) {
    this.host = ui.host;
    ui.onAction = (action) => this.#take(action);
    ui.early.splice(0).forEach((action) => this.#take(action));
  }

  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  /** Notices since the last call of this. */
  takeNotices(): readonly UiAction[] {
    return this.#notices.splice(0);
  }

  statuses(): readonly UiAction[] {
    return [...this.#statuses].map(([key, text]) => ({ which: 'setStatus', setStatus: { key, text } }));
  }

  #take(action: UiAction): void {
    if (action.which === 'notify') {
      if (this.#notices.push(action) > noticeCap) this.#notices.shift();
    } else if (action.which === 'setStatus') {
      const { key, text } = action.setStatus;
      if (text === undefined) this.#statuses.delete(key);
      else this.#statuses.set(key, text);
    }
  }
}

/**
 * The person's side of a session: VTCode's terminal shows a line when a hook ends, and a status when it asks for it.
 */
export interface SessionUi {
  readonly host: PiHost;
  /** What was shown before there was a session to store it */
  readonly early: UiAction[];
  onAction: ((action: UiAction) => void) | null;
}

/** A host that stores notices and statuses, and refuses everything else by name. */
export function sessionUi(log: PiHost['log']): SessionUi {
  const early: UiAction[] = [];
  const ui: SessionUi = {
    early,
    onAction: null,
    host: servingOnly<PiHost>({
      log,
      uiAction: (action) => {
        if (action.which !== 'notify' && action.which !== 'setStatus') {
          const what = `vtcode-tui has no ${action.which}: a hook can't ask the person anything.`;
          return Promise.reject(new ContractError('unimplemented', what));
        }
        if (ui.onAction) ui.onAction(action);
        else early.push(action);
        return Promise.resolve({ which: 'done' });
      },
    }),
  };
  return ui;
}

/** What the person sees and is asked. Where pi's mode can't do something, the answer is the same as pi's. */
import type { PiHost, UiAction, UiReply } from '../../../schema/generated/pi-api';
import type { CallOptions } from '../../../schema/capnp/call-options';
import { askHost } from '../act-question';
import type { CallsUnderWay } from '../calls-under-way';
import { field } from '../json';
import type { DialogOptions, PiUi } from '../pi';
import type { LiveSession } from './live-session';

const done: UiReply = { which: 'done' };
const cancelled: UiReply = { which: 'cancelled' };

/** `undefined` when nobody answered. pi can't cancel an editor, so it stays open and this stops waiting. */
async function unlessEnded<T>(asked: Promise<T>, { signal }: DialogOptions): Promise<T | undefined> {
  if (!signal) return asked;
  let onAbort = (): void => undefined;
  const ended = new Promise<undefined>((resolve) => (onAbort = () => resolve(undefined)));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([asked, ended]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

type Dialog = Extract<UiAction, { which: 'select' | 'confirm' | 'input' | 'editor' }>;

function isDialog(action: UiAction): action is Dialog {
  return ['select', 'confirm', 'input', 'editor'].includes(action.which);
}

function openDialog(ui: PiUi, action: Dialog, options: DialogOptions): Promise<string | boolean | undefined> {
  switch (action.which) {
    case 'select':
      return ui.select(action.select.title, [...action.select.options], options);
    case 'confirm':
      return ui.confirm(action.confirm.title, action.confirm.message, options);
    case 'input':
      return ui.input(action.input.title, action.input.placeholder, options);
    case 'editor':
      return ui.editor(action.editor.title, action.editor.prefill);
  }
}

async function ask(ui: PiUi, action: Dialog, options: DialogOptions): Promise<UiReply> {
  const answer = await unlessEnded(openDialog(ui, action, options), options);
  // pi answers no for a confirmation that ended without an answer.
  if (answer === undefined || options.signal?.aborted) return cancelled;
  return typeof answer === 'boolean' ? { which: 'confirmed', confirmed: answer } : { which: 'value', value: answer };
}

function showInEditor(ui: PiUi, action: UiAction): UiReply | undefined {
  switch (action.which) {
    case 'setEditorText':
      ui.setEditorText(action.setEditorText.text);
      return done;
    case 'pasteToEditor':
      ui.pasteToEditor(action.pasteToEditor.text);
      return done;
    case 'getEditorText':
      return { which: 'value', value: ui.getEditorText() };
    default:
      return undefined;
  }
}

function showInTerminal(ui: PiUi, action: UiAction): UiReply | undefined {
  switch (action.which) {
    case 'setWorkingMessage':
      ui.setWorkingMessage(action.setWorkingMessage.message);
      return done;
    case 'setWorkingVisible':
      ui.setWorkingVisible(action.setWorkingVisible.visible);
      return done;
    case 'setWorkingIndicator': {
      const { frames, intervalMs } = action.setWorkingIndicator;
      ui.setWorkingIndicator({ ...field('frames', frames && [...frames]), ...field('intervalMs', intervalMs) });
      return done;
    }
    case 'setHiddenThinkingLabel':
      ui.setHiddenThinkingLabel(action.setHiddenThinkingLabel.label);
      return done;
    case 'setToolsExpanded':
      ui.setToolsExpanded(action.setToolsExpanded.expanded);
      return done;
    case 'getToolsExpanded':
      return { which: 'expanded', expanded: ui.getToolsExpanded() };
    case 'setTheme': {
      const { success, error = "The theme couldn't be set." } = ui.setTheme(action.setTheme.name);
      return success ? done : { which: 'failed', failed: error };
    }
    case 'getThemes':
      return { which: 'themes', themes: ui.getAllThemes() };
    default:
      return undefined;
  }
}

function show(ui: PiUi, action: UiAction): UiReply {
  switch (action.which) {
    case 'notify':
      ui.notify(action.notify.message, action.notify.level);
      return done;
    case 'setStatus':
      ui.setStatus(action.setStatus.key, action.setStatus.text);
      return done;
    case 'setWidget': {
      const { key, lines, placement } = action.setWidget;
      ui.setWidget(key, lines && [...lines], { placement });
      return done;
    }
    case 'setTitle':
      ui.setTitle(action.setTitle.title);
      return done;
    default:
      return (
        showInEditor(ui, action) ??
        showInTerminal(ui, action) ?? { which: 'failed', failed: `There is no ${action.which} here.` }
      );
  }
}

/** A dialog ends with its call, with its run or tool, or when its time is up. */
function signalOf(...signals: (AbortSignal | undefined)[]): AbortSignal | undefined {
  const all = signals.filter((signal) => signal !== undefined);
  return all.length > 1 ? AbortSignal.any(all) : all[0];
}

export interface UiHostOptions {
  readonly live: LiveSession;
  readonly calls: CallsUnderWay;
  /** The folder that acts are asked about, an absolute path */
  readonly workdir: string;
}

export function uiHost({ live, calls, workdir }: UiHostOptions): Pick<PiHost, 'uiAction' | 'askAct'> {
  const optionsFor = (callId: string | undefined, call: CallOptions | undefined, timeout?: number): DialogOptions => {
    const timer = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
    const run = calls.signalFor(callId, live().context.signal);
    return { ...field('signal', signalOf(call?.signal, run, timer)), ...field('timeout', timeout) };
  };
  return {
    uiAction: async (action, call) => {
      const { ui } = live().context;
      return isDialog(action) ? ask(ui, action, optionsFor(action.callId, call, action.timeoutMs)) : show(ui, action);
    },
    askAct: async (question, call) => {
      const options = optionsFor(question.toolCallId, call, question.timeoutMs);
      return askHost(live().context.ui, question, {
        ...{ workdir, program: calls.programOf(question.toolCallId), options },
      });
    },
  };
}

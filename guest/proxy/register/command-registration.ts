/** Registers the manifest's commands and shortcuts with pi. */
import { toContractError } from '../../../schema/capnp/contract-error';
import type {
  CommandDefinition,
  CommandResponse,
  SessionControl,
  ShortcutDefinition,
} from '../../../schema/generated/pi-api';
import type { BridgeProcess } from '../bridge-process';
import type { CallsUnderWay } from '../calls-under-way';
import { field } from '../json';
import type { PiCommand, PiCommandContext, PiContext } from '../pi';

const commandMs = 3_600_000;
const shortcutMs = 600_000;
const completionMs = 2_000;

export interface CommandOptions {
  readonly process: Pick<BridgeProcess, 'call'>;
  readonly calls: CallsUnderWay;
}

/** The session may have changed afterwards, so nothing here touches this one again. */
async function control(what: SessionControl, context: PiCommandContext): Promise<void> {
  switch (what.which) {
    case 'newSession':
      await context.newSession({ ...field('parentSession', what.newSession.parentSession) });
      return;
    case 'fork':
      await context.fork(what.fork.entryId, { position: what.fork.position });
      return;
    case 'navigateTree': {
      const { targetId, summarize, customInstructions, replaceInstructions, label } = what.navigateTree;
      const optional = { ...field('customInstructions', customInstructions), ...field('label', label) };
      await context.navigateTree(targetId, { summarize, replaceInstructions, ...optional });
      return;
    }
    case 'switchSession':
      await context.switchSession(what.switchSession.sessionPath);
      return;
    case 'reload':
      return context.reload();
  }
}

/** The bridge's answer; an error message when there is none. */
async function ask(
  name: string,
  { process, calls }: CommandOptions,
  work: (callId: string) => Parameters<typeof process.call<CommandResponse>>,
): Promise<CommandResponse> {
  const callId = calls.newId(name);
  calls.commands.add(callId);
  try {
    return await process.call(...work(callId));
  } catch (error) {
    const { code, message, retryable } = toContractError(error);
    return { which: 'error', error: { code, retryable, message: `${name} failed: ${message}` } };
  } finally {
    calls.commands.delete(callId);
  }
}

export function toPiCommand(definition: CommandDefinition, options: CommandOptions): PiCommand {
  const { name, description, completesArguments } = definition;
  const complete = async (prefix: string) => {
    const { items } = await options.process.call({ deadlineMs: completionMs, patienceMs: 0 }, (bridge, limits) =>
      bridge.completeArguments({ name, prefix }, limits),
    );
    return items.map((item) => ({ value: item.value, label: item.label, ...field('description', item.description) }));
  };
  return {
    ...field('description', description),
    ...(completesArguments && { getArgumentCompletions: (prefix) => complete(prefix).catch(() => null) }),
    handler: async (words, context) => {
      const response = await ask(`/${name}`, options, (callId) => [
        { deadlineMs: commandMs, waitsForStart: true },
        (bridge, limits) => bridge.executeCommand({ callId, name, arguments: words }, limits),
      ]);
      try {
        if (response.which === 'error') context.ui.notify(response.error.message, 'error');
        if (response.which === 'control') await control(response.control, context);
      } catch (error) {
        tell(context, `/${name}: ${toContractError(error).message}`);
      }
    },
  };
}

/** pi's objects throw when the session has ended; then there is nobody to notify. */
function tell(context: PiContext, text: string): void {
  try {
    context.ui.notify(text, 'error');
  } catch {
    return;
  }
}

export function toPiShortcut({ key, description }: ShortcutDefinition, options: CommandOptions) {
  return {
    ...field('description', description),
    handler: async (context: PiContext): Promise<void> => {
      const response = await ask(key, options, (callId) => [
        { deadlineMs: shortcutMs, waitsForStart: true },
        (bridge, limits) => bridge.executeShortcut({ callId, key }, limits),
      ]);
      if (response.which === 'error') tell(context, response.error.message);
      if (response.which === 'control') tell(context, `${key}: a shortcut can't leave the session; use a command.`);
    },
  };
}

/** What a hook may print, as VTCode 0.169.2 reads it. Pure. */
import type { UiAction } from '../../../../schema/generated/pi-api';
import type { JsonObject } from '../gated-call';

export interface HookOutput {
  /** `block` is for UserPromptSubmit and Stop; everything else is in `hookSpecificOutput` */
  readonly decision?: 'block';
  readonly reason?: string;
  /** A line in the person's terminal */
  readonly systemMessage?: string;
  readonly hookSpecificOutput?: {
    readonly hookEventName: string;
    readonly permissionDecision?: 'deny';
    readonly permissionDecisionReason?: string;
    readonly updatedInput?: JsonObject;
    readonly additionalContext?: string;
    readonly decision?: { readonly behavior: 'allow' };
  };
}

/** Context for the model; nothing when there is none. */
export const contextOutput = (hookEventName: string, texts: readonly string[]): HookOutput => {
  const additionalContext = texts.filter((text) => text !== '').join('\n\n');
  return additionalContext === '' ? {} : { hookSpecificOutput: { hookEventName, additionalContext } };
};

export const denied = (reason: string): HookOutput => ({
  hookSpecificOutput: {
    ...{ hookEventName: 'PreToolUse', permissionDecision: 'deny' },
    permissionDecisionReason: reason,
  },
});

export const changedInput = (updatedInput: JsonObject): HookOutput => ({
  hookSpecificOutput: { hookEventName: 'PreToolUse', updatedInput },
});

/** For a PermissionRequest: the person isn't asked. */
export const permitted: HookOutput = {
  hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } },
};

const saying = /^printf '%s\\n' 'blocked: (?:[^']|'\\'')*' >&2; exit 1$/;

/** Whether it only prints a text and fails, and can do nothing else, whoever wrote it. */
export const onlySaysWhy = (command: unknown): boolean => typeof command === 'string' && saying.test(command);

/** A command that prints why the original wasn't run, because a denial's reason wouldn't reach the model. */
export const sayingWhy = (reason: string): JsonObject => ({
  cmd: `printf '%s\\n' '${`blocked: ${reason}`.replaceAll("'", "'\\''")}' >&2; exit 1`,
});

const noticeLine = (action: UiAction): readonly string[] => (action.which === 'notify' ? [action.notify.message] : []);

/** What to print: notices in addition to the hook's own output. VTCode would otherwise show the whole output. */
export function printed(output: HookOutput, shown: readonly UiAction[] = []): string {
  const lines = [...(output.systemMessage === undefined ? [] : [output.systemMessage]), ...shown.flatMap(noticeLine)];
  const message = lines.length === 0 ? {} : { systemMessage: lines.join('\n') };
  return JSON.stringify({ ...output, ...message, suppressOutput: true });
}

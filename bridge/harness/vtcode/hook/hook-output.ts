/** What a hook may print, as VTCode 0.169.2 reads it. Pure. */
import type { UiAction } from '../../../../schema/generated/pi-api';
import type { JsonObject } from '../calls';

export interface HookOutput {
  /** `block` is for UserPromptSubmit and Stop; everything else stands in `hookSpecificOutput` */
  readonly decision?: 'block';
  readonly reason?: string;
  /** A line in the person's terminal */
  readonly systemMessage?: string;
  readonly suppressOutput?: true;
  readonly hookSpecificOutput?: {
    readonly hookEventName: string;
    readonly permissionDecision?: 'deny';
    readonly permissionDecisionReason?: string;
    readonly updatedInput?: JsonObject;
    readonly additionalContext?: string;
  };
}

/** Context for the model, or nothing where there is none. */
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

/** A command that prints why the one before it was not run: a denial's reason would not reach the model. */
export const sayingWhy = (reason: string): JsonObject => ({
  cmd: `printf '%s\\n' '${`blocked: ${reason}`.replaceAll("'", "'\\''")}' >&2; exit 1`,
});

const noticeLine = (action: UiAction): readonly string[] => (action.which === 'notify' ? [action.notify.message] : []);

/** Notices go under what the hook says anyway. */
export function withNotices(output: HookOutput, shown: readonly UiAction[]): HookOutput {
  const lines = [...(output.systemMessage === undefined ? [] : [output.systemMessage]), ...shown.flatMap(noticeLine)];
  return lines.length === 0 ? output : { ...output, systemMessage: lines.join('\n') };
}

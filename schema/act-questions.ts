/**
 * What a command is about to do, as the guard in the guest foresees it, and the question to the host about it.
 *
 * pi carries the question as an `input` dialog with a special title, and the answer as the dialog's value, because only
 * dialogs end with the run. The host works out from its own files what to ask and what is granted; the guest only says
 * which names a command is about to touch.
 */
import { z } from 'zod';

/** The title that marks one of pi's `input` dialogs as such a question; its placeholder is the question as JSON */
export const actQuestionTitle = 'piwork:acts';

const pathCapCharacters = 4096;
const actsCap = 1000;
const programCapCharacters = 8192;

const path = z.string().min(1).max(pathCapCharacters);

/** An act on something in the working folder. */
export const fileAct = z.strictObject({
  /** change: asked about only if the person set it so */
  kind: z.enum(['delete', 'rename', 'change']),
  /** Names below the working folder, joined by `/` */
  path,
  /** Where a rename leads, or where a delete moves something to outside the folder */
  to: path.nullable(),
});
export type FileAct = z.output<typeof fileAct>;

/** run: a command that needs a question because of what it is, not because of a file */
const foreseenAct = z.discriminatedUnion('kind', [
  fileAct,
  z.strictObject({ kind: z.literal('run'), why: z.enum(['privileged', 'network', 'long_running']) }),
]);
export type ForeseenAct = z.output<typeof foreseenAct>;

export const actQuestion = z.strictObject({
  /** The command as the model wrote it */
  program: z.string().max(programCapCharacters),
  acts: z.array(foreseenAct).min(1).max(actsCap),
});
export type ActQuestion = z.output<typeof actQuestion>;

/** The answer, as JSON in the dialog's value. `reason` is for the model; empty when allowed */
export const actVerdict = z.strictObject({ isAllowed: z.boolean(), reason: z.string() });
export type ActVerdict = z.output<typeof actVerdict>;

/** The question in an `input` dialog; `null` for an ordinary dialog, or one that can't be parsed. */
export function actQuestionOf(title: string, placeholder: string | undefined): ActQuestion | null {
  if (title !== actQuestionTitle || placeholder === undefined) return null;
  try {
    return actQuestion.parse(JSON.parse(placeholder));
  } catch {
    // It then appears as an ordinary dialog, which the person can answer or ignore.
    return null;
  }
}

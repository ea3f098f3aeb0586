/**
 * What the guard in the guest foresees of a command before it runs, asked of the host's store of grants.
 *
 * The question travels from pi as an `input` dialog with a title of its own, and its answer as the dialog's value: pi
 * has no other way out that ends with the run. What is asked and granted is worked out by the host from its own files;
 * the guest only says which names a command is about to touch.
 */
import { z } from 'zod';

/** The title that marks an `input` dialog of pi as such a question; its placeholder is the question as JSON */
export const actQuestionTitle = 'piwork:acts';

const pathCapCharacters = 4096;
const actsCap = 1000;
const programCapCharacters = 8192;

const path = z.string().min(1).max(pathCapCharacters);

/** An act on something in the working folder. */
export const fileAct = z.strictObject({
  /** change: asked about only where the person set it so */
  kind: z.enum(['delete', 'rename', 'change']),
  /** Below the working folder, joined by `/` */
  path,
  /** Where a rename leads, or a delete when it moves something out of the folder */
  to: path.nullable(),
});
export type FileAct = z.output<typeof fileAct>;

/** run: a command that is asked about for what it is, not for a file */
export const foreseenAct = z.discriminatedUnion('kind', [
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

/** The answer, as JSON in the dialog's value. `reason` is for the model, empty when it is allowed */
export const actVerdict = z.strictObject({ isAllowed: z.boolean(), reason: z.string() });
export type ActVerdict = z.output<typeof actVerdict>;

/** The question that an `input` dialog carries; `null` for an ordinary dialog, or one that cannot be read. */
export function actQuestionOf(title: string, placeholder: string | undefined): ActQuestion | null {
  if (title !== actQuestionTitle || placeholder === undefined) return null;
  try {
    return actQuestion.parse(JSON.parse(placeholder));
  } catch {
    // It is shown as it came then, and answered by nobody or by hand.
    return null;
  }
}

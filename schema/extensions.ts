/** Extensions of the person's own: behaviour files beside Piwork's guard. */
import { z } from 'zod';

const nameCapCharacters = 255;
const textCapCharacters = 262_144;
const filesCap = 50;
/** How many there may be, on or off */
export const extensionsCap = 32;

/** A file as the guest gets it; `name` is relative to the extensions' folder, its parts joined by `/` */
export const extensionFile = z.strictObject({
  name: z.string().min(1).max(nameCapCharacters),
  text: z.string().max(textCapCharacters),
});
export type ExtensionFile = z.output<typeof extensionFile>;

/** What a task runs beside the guard: every file, and which of them are an extension's main one, in their order. */
export const taskExtensions = z.strictObject({
  mains: z.array(z.string()).max(extensionsCap),
  files: z.array(extensionFile).max(extensionsCap * filesCap),
});
export type TaskExtensions = z.output<typeof taskExtensions>;

export const noExtensions: TaskExtensions = { mains: [], files: [] };

/** An extension as the person sees it. */
export const extension = z.object({
  /** The file's or the folder's name, without its ending */
  name: z.string(),
  /** The main file, relative to the extensions' folder */
  main: z.string(),
  isOn: z.boolean(),
  /** One line on what it does, such as `2 rules, 1 tool`; `null` when it cannot be used */
  summary: z.string().nullable(),
  /** `file:line:column: message`; it is not run while there are any */
  problems: z.array(z.string()),
});
export type Extension = z.output<typeof extension>;

/** The person's own extensions: behaviour files beside Piwork's guard. */
import { z } from 'zod';

const nameCapCharacters = 255;
const textCapCharacters = 262_144;
const filesCap = 50;
/** Maximum number of extensions, on or off */
export const extensionsCap = 32;

/** A file for the guest; `name` is relative to the extensions' folder, with parts joined by `/` */
export const extensionFile = z.strictObject({
  name: z.string().min(1).max(nameCapCharacters),
  text: z.string().max(textCapCharacters),
});
export type ExtensionFile = z.output<typeof extensionFile>;

/** What a task runs beside the guard: all files, and the main files of the extensions, in order. */
export const taskExtensions = z.strictObject({
  mains: z.array(z.string()).max(extensionsCap),
  files: z.array(extensionFile).max(extensionsCap * filesCap),
});
export type TaskExtensions = z.output<typeof taskExtensions>;

export const noExtensions: TaskExtensions = { mains: [], files: [] };

/** An extension, as shown to the person. */
export const extension = z.object({
  /** The name of the file or folder, without its ending */
  name: z.string(),
  /** The main file, relative to the extensions' folder */
  main: z.string(),
  isOn: z.boolean(),
  /** One line about what it does, such as `2 rules, 1 tool`; `null` when it can't be used */
  summary: z.string().nullable(),
  /** `file:line:column: message`; the extension doesn't run while there are any */
  problems: z.array(z.string()),
});
export type Extension = z.output<typeof extension>;

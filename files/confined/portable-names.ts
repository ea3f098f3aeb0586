/** Names that mean something other than a file on Windows. */
import { Errno } from '../folder/errno';

/** Devices, with any extension: `NUL.txt` is one too. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)[ ]*(?:\.|$)/i;
/** A colon names a stream of a file; the others are wildcards, separators or not allowed. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const forbidden = /[<>:"|?*\\\x01-\x1f]/;

/** @throws Errno `EINVAL` */
export function checkWindowsName(name: string): void {
  // Windows strips dots and spaces at the end, so this would be another file's name.
  if (device.test(name) || forbidden.test(name) || /[. ]$/.test(name)) throw new Errno('EINVAL');
}

/** Sets times of a file: exactly where this system can, otherwise as exactly as Node does. */
import type { FileStatus, FileTimes } from '../folder/folder-files';
import { exactTimes } from '../times/exact-times';

const ownHandles = '/proc/self/fd/';

/** Seconds as text: Node would take a negative number for a time that is missing. */
export type Seconds = string;

export interface TimesTarget {
  /** For calls that follow links. Only a handle's, in `/proc/self/fd`, is given to another program */
  readonly path: string;
  readonly status: () => FileStatus;
  /** Node's call */
  readonly roughly: (atime: Seconds, mtime: Seconds) => void;
}

/** To the nanosecond on Linux, otherwise to the microsecond. A time that is absent stays. @throws the system's error */
export function setTimes(target: TimesTarget, times: FileTimes): void {
  const { atimeNs, mtimeNs } = times;
  if (isRough(atimeNs) && isRough(mtimeNs)) return target.roughly(secondsOf(atimeNs), secondsOf(mtimeNs));
  if (target.path.startsWith(ownHandles)) {
    const path = `/proc/${process.pid}/fd/${target.path.slice(ownHandles.length)}`;
    if (exactTimes.set({ path, atimeNs, mtimeNs })) return;
  }
  const now = target.status();
  target.roughly(secondsOf(atimeNs ?? now.atimeNs), secondsOf(mtimeNs ?? now.mtimeNs));
}

/** Whole microseconds, which Node can set. */
const isRough = (ns: bigint | undefined): ns is bigint => ns !== undefined && ns % 1000n === 0n;

/** Node and libuv cut towards zero, to microseconds: half a one more keeps the intended value. */
export function secondsOf(ns: bigint): Seconds {
  const microseconds = (ns - (((ns % 1000n) + 1000n) % 1000n)) / 1000n;
  const size = microseconds < 0n ? -microseconds : microseconds;
  const digits = `${size}5`.padStart(8, '0');
  return `${microseconds < 0n ? '-' : ''}${digits.slice(0, -7)}.${digits.slice(-7)}`;
}

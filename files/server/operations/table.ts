/** Which operation answers which request. All others get `ENOSYS`, and the kernel remembers that. */
import { Errno } from '../../folder/errno';
import { opcode } from '../fuse-protocol';
import type { Operation } from '../session-context';
import { access, getattr, readlink, setattr, statfs } from './attributes';
import { readdir, readdirplus } from './directories';
import { create, fsync, open, read, release, write } from './files';
import { batchForget, forget, lookup } from './lookup';
import { copyRange, fallocate, lseek } from './ranges';
import { link, mkdir, mknod, rename, rename2, rmdir, symlink, unlink } from './names';
import { tmpfile } from './unnamed';

/**
 * The kernel passes the code to the program, which understands this one. Created once: shells and Python ask for each
 * file.
 */
const noTerminal = new Errno('ENOTTY');
const ioctl: Operation = () => {
  throw noTerminal;
};

export const operations: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [opcode.lookup, lookup],
  [opcode.forget, forget],
  [opcode.batchForget, batchForget],
  [opcode.access, access],
  [opcode.getattr, getattr],
  [opcode.setattr, setattr],
  [opcode.readlink, readlink],
  [opcode.statfs, statfs],
  [opcode.symlink, symlink],
  [opcode.mknod, mknod],
  [opcode.mkdir, mkdir],
  [opcode.unlink, unlink],
  [opcode.rmdir, rmdir],
  [opcode.rename, rename],
  [opcode.rename2, rename2],
  [opcode.link, link],
  [opcode.open, open],
  [opcode.create, create],
  [opcode.read, read],
  [opcode.write, write],
  [opcode.fsync, fsync],
  [opcode.tmpfile, tmpfile],
  [opcode.lseek, lseek],
  [opcode.fallocate, fallocate],
  [opcode.copyFileRange, copyRange],
  [opcode.release, release],
  [opcode.readdir, readdir],
  [opcode.readdirplus, readdirplus],
  [opcode.ioctl, ioctl],
]);

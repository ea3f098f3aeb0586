/** Constants of the FUSE protocol, version 7.31, from the kernel's `fuse.h`. */

export const fuseVersion = { major: 7, minor: 31 } as const;

export const opcode = {
  lookup: 1,
  forget: 2,
  getattr: 3,
  setattr: 4,
  readlink: 5,
  symlink: 6,
  mknod: 8,
  mkdir: 9,
  unlink: 10,
  rmdir: 11,
  rename: 12,
  link: 13,
  open: 14,
  read: 15,
  write: 16,
  statfs: 17,
  release: 18,
  fsync: 20,
  init: 26,
  readdir: 28,
  access: 34,
  create: 35,
  interrupt: 36,
  destroy: 38,
  ioctl: 39,
  batchForget: 42,
  fallocate: 43,
  readdirplus: 44,
  rename2: 45,
  lseek: 46,
  copyFileRange: 47,
  tmpfile: 51,
} as const;

/** Flags of INIT, in both directions */
export const capability = {
  asyncRead: 1 << 0,
  atomicTruncate: 1 << 3,
  bigWrites: 1 << 5,
  autoInvalidate: 1 << 12,
  readdirPlus: 1 << 13,
  readdirPlusAuto: 1 << 14,
  asyncDirect: 1 << 15,
  writebackCache: 1 << 16,
  parallelDirectories: 1 << 18,
  maxPages: 1 << 22,
  cacheSymlinks: 1 << 23,
  noOpendir: 1 << 24,
} as const;

/** Which fields of SETATTR are set */
export const setattrValid = {
  mode: 1 << 0,
  uid: 1 << 1,
  gid: 1 << 2,
  size: 1 << 3,
  atime: 1 << 4,
  mtime: 1 << 5,
  handle: 1 << 6,
  atimeNow: 1 << 7,
  mtimeNow: 1 << 8,
  ctime: 1 << 10,
} as const;

/** The kind of a notification, in place of an error number */
export const notification = { invalidateInode: 2, invalidateEntry: 3 } as const;

export const getattrHasHandle = 1;
/**
 * Flags in the answer to OPEN. With `direct`, every read and write is sent here, whatever size the kernel has cached
 */
export const openReply = { direct: 1 << 0, keepsCache: 1 << 1 } as const;
export const renameFlag = { noReplace: 1, exchange: 2 } as const;

/** Where LSEEK looks; the kernel does the others itself */
export const seekFrom = { data: 3, hole: 4 } as const;
export const allocateFlag = { keepSize: 1, punchHole: 2, zeroRange: 16 } as const;

/** Linux's values, whatever the host's are */
export const fileType = {
  file: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  fifo: 0o010000,
  socket: 0o140000,
  /** What the person has of other kinds can't be opened, as a socket */
  other: 0o140000,
} as const;
export const typeMask = 0o170000;
export const openFlag = { accessMode: 0o3, exclusive: 0o200, truncate: 0o1000 } as const;

export const rootNodeId = 1;
export const requestHeaderBytes = 40;
export const replyHeaderBytes = 16;
export const maxWriteBytes = 1 << 20;
export const maxPages = 256;
/** The longest message that a kernel sends is a write with its header */
export const maxMessageBytes = maxWriteBytes + 65_536;

// Which foreign suites run, in which parts.

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} from where it comes from
 * @property {import('./tools.mjs').Needs} needs
 * @property {readonly string[]} parts what is run and counted separately
 * @property {number} secondsPerPart the longest that one part may take, at one place
 */

/** @type {readonly Suite[]} */
export const suites = [
  {
    name: 'python',
    from: "CPython's tests, from Debian's libpython3.13-testsuite",
    needs: { python: true },
    parts: [
      'test_os',
      'test_posix',
      'test_shutil',
      'test_tempfile',
      'test_pathlib',
      'test_glob',
      'test_mmap',
      'test_fcntl',
      'test_tarfile',
      'test_zipfile',
      'test_sqlite3',
      'test_fileio',
      'test_file',
      'test_stat',
      'test_filecmp',
      'test_mailbox',
      'test_unicode_file',
    ],
    secondsPerPart: 900,
  },
  {
    name: 'pjdfstest',
    from: 'pjdfstest of crates.io, one system call after the other',
    needs: { crate: { name: 'pjdfstest', version: '0.2.2', isStatic: false } },
    parts: [
      'chmod',
      'chown',
      'ftruncate',
      'link',
      'mkdir',
      'mkfifo',
      'mknod',
      'open',
      'posix_fallocate',
      'rename',
      'rmdir',
      'symlink',
      'truncate',
      'unlink',
      'utimensat',
    ],
    secondsPerPart: 300,
  },
  {
    name: 'fsx',
    from: 'fsx of crates.io: random operations on a file, each checked',
    needs: { crate: { name: 'fsx', version: '0.3.2', isStatic: true } },
    parts: ['plain-1', 'plain-2', 'plain-3', 'ranges-1', 'ranges-2', 'ranges-3'],
    secondsPerPart: 300,
  },
  {
    name: 'fio',
    from: "Debian's fio, which reads back what it wrote and compares checksums",
    needs: { program: 'fio' },
    parts: ['random-psync', 'random-mapped', 'sequential-synced', 'direct', 'vectors'],
    secondsPerPart: 300,
  },
  {
    name: 'stress',
    from: "Debian's stress-ng, its class of file systems",
    needs: { program: 'stress-ng' },
    parts: [
      ...['access', 'acl', 'chattr', 'chdir', 'chmod', 'chown', 'copy-file', 'dentry', 'dir', 'dirdeep', 'dirmany'],
      ...['dup', 'fallocate', 'fcntl', 'fd-fork', 'fiemap', 'filename', 'filerace', 'flock', 'fpunch', 'fsize'],
      ...['fstat', 'getdent', 'handle', 'hdd', 'io', 'iomix', 'lease', 'link', 'locka', 'lockf', 'lockmix', 'lockofd'],
      ...['metamix', 'mknod', 'open', 'pseek', 'rename', 'symlink', 'sync-file', 'touch', 'umask', 'unlink', 'utime'],
      'xattr',
    ],
    secondsPerPart: 300,
  },
];

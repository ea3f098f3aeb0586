// Which foreign suites run, in which parts.

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} from where it comes from
 * @property {readonly string[]} parts what is run and counted separately
 * @property {number} secondsPerPart the longest that one part may take, at one place
 */

/** @type {readonly Suite[]} */
export const suites = [
  {
    name: 'python',
    from: "CPython's tests, from Debian's libpython3.13-testsuite",
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
];

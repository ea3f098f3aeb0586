/**
 * @typedef {object} Tool
 * @property {string} name program, or shared library for those of Electron
 * @property {readonly string[]} packages its Debian package; where releases differ, each name that it has had
 * @property {string} [brew] its Homebrew formula
 */

/**
 * What running Piwork and building its pack needs.
 *
 * @param {NodeJS.Platform} platform
 * @param {string} arch
 * @returns {Tool[]}
 */
export function runTools(platform, arch) {
  const isArm = arch === 'arm64';
  const qemu = {
    name: isArm ? 'qemu-system-aarch64' : 'qemu-system-x86_64',
    packages: [isArm ? 'qemu-system-arm' : 'qemu-system-x86'],
    brew: 'qemu',
  };
  const erofs = { name: 'mkfs.erofs', packages: ['erofs-utils'], brew: 'erofs-utils' };
  if (platform !== 'linux') return [qemu, erofs];
  return [
    qemu,
    erofs,
    { name: 'mmdebstrap', packages: ['mmdebstrap'] },
    { name: 'xz', packages: ['xz-utils'] },
    { name: 'zstd', packages: ['zstd'] },
  ];
}

/** What the tests need besides.
 *
 * @type {Tool[]}
 */
export const testTools = [
  { name: 'chromium', packages: ['chromium'] },
  { name: 'xvfb-run', packages: ['xvfb'] },
  { name: 'xauth', packages: ['xauth'] },
  { name: 'dbus-run-session', packages: ['dbus-daemon', 'dbus'] },
];

/**
 *  What builds the extension examples in other languages; Rust and Python have their own tools.
 *
 * @type {Tool[]}
 */
export const interopTools = [{ name: 'capnp', packages: ['capnproto'], brew: 'capnp' }];

/**
 *  Libraries that Electron is linked against.
 *
 * @type {Tool[]}
 */
export const electronLibraries = [
  { name: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { name: 'libnss3.so', packages: ['libnss3'] },
  { name: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { name: 'libgbm.so.1', packages: ['libgbm1'] },
  { name: 'libXss.so.1', packages: ['libxss1'] },
  { name: 'libatk-bridge-2.0.so.0', packages: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'] },
  { name: 'libdrm.so.2', packages: ['libdrm2'] },
  { name: 'libxkbcommon.so.0', packages: ['libxkbcommon0'] },
];

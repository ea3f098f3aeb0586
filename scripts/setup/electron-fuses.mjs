// Electron's fuses: switches in its binary, which nobody can change by an environment variable or an argument.
// Format and order: Electron's documentation, "Electron Fuses".
import { open, readFile } from 'node:fs/promises';
import { SetupFailure } from './failure.mjs';

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const wireVersion = 1;
const states = { on: '1'.charCodeAt(0), off: '0'.charCodeAt(0) };

/** Position of each fuse in the wire. */
const positions = {
  runAsNode: 0,
  cookieEncryption: 1,
  nodeOptions: 2,
  nodeInspect: 3,
  asarIntegrity: 4,
  onlyFromAsar: 5,
  fileProtocolPrivileges: 7,
};

/** @typedef {Partial<Record<keyof typeof positions, boolean>>} Fuses */

/**
 * For a clone: other programs can't use Piwork's Electron to run code of theirs. Tests drive it by an argument that
 * `nodeInspect` would refuse, and the program isn't in an archive.
 *
 * @type {Fuses}
 */
export const cloneFuses = { runAsNode: false, nodeOptions: false, fileProtocolPrivileges: false };

/**
 * For packages that people install. Electron checks the archive on macOS and Windows only.
 *
 * @type {Fuses}
 */
export const releaseFuses = { ...cloneFuses, nodeInspect: false, onlyFromAsar: true, asarIntegrity: true };

/**
 * Where the fuses are in the binary; more than one place in a binary for two processors.
 *
 * @param {Buffer} binary
 * @returns {number[]} offsets of the first fuse
 */
function wires(binary) {
  const found = [];
  for (let at = binary.indexOf(sentinel); at !== -1; at = binary.indexOf(sentinel, at + 1)) {
    const start = at + sentinel.length;
    if (binary[start] !== wireVersion) throw new SetupFailure('This Electron has fuses of an unknown kind.', '');
    found.push(start + 2);
  }
  if (found.length === 0) throw new SetupFailure('This Electron has no fuses.', '');
  return found;
}

/**
 * The state of every fuse that the binary has.
 *
 * @param {string} executable on macOS the framework's binary
 * @returns {Promise<Fuses>}
 */
export async function readFuses(executable) {
  const binary = await readFile(executable);
  const found = wires(binary);
  /** @type {Fuses} */
  const fuses = {};
  for (const [name, position] of Object.entries(positions)) {
    const at = found.map((start) => (position < Number(binary[start - 1]) ? binary[start + position] : undefined));
    const isKnown = at.every((state) => state === states.on || state === states.off);
    if (isKnown) fuses[/** @type {keyof Fuses} */ (name)] = at.every((state) => state === states.on);
  }
  return fuses;
}

/**
 * Sets fuses and reads them back. Does nothing when they are set already.
 *
 * @param {string} executable not running; on macOS the framework's binary, which must be signed afterwards
 * @param {Fuses} wanted fuses that the binary doesn't have are an error
 */
export async function setFuses(executable, wanted) {
  const names = /** @type {Array<keyof Fuses>} */ (Object.keys(wanted));
  const isSet = (/** @type {Fuses} */ fuses) => names.every((name) => fuses[name] === wanted[name]);
  const present = await readFuses(executable);
  if (isSet(present)) return;
  if (!names.every((name) => name in present))
    throw new SetupFailure('This Electron lacks fuses that Piwork sets.', '');
  const found = wires(await readFile(executable));
  const file = await open(executable, 'r+');
  try {
    for (const start of found) {
      for (const name of names) {
        const state = wanted[name] ? states.on : states.off;
        await file.write(Buffer.from([state]), 0, 1, start + positions[name]);
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (!isSet(await readFuses(executable))) throw new SetupFailure("Couldn't set Electron's fuses.", '');
}

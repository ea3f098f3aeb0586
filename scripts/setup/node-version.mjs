import { SetupFailure } from './failure.mjs';

const required = [20, 18];

/**
 * Refuses a Node.js version that is too old for our scripts and tools.
 *
 * @param {string} version as `20.18.1`
 */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [requiredMajor = 0, requiredMinor = 0] = required;
  if (major > requiredMajor || (major === requiredMajor && minor >= requiredMinor)) return;
  throw new SetupFailure(
    `Piwork needs Node.js ${required.join('.')} or newer; this is ${version}.`,
    'Install a newer version (nodejs.org, `mise use node@24`, nvm, or your package manager) and run it again.',
  );
}

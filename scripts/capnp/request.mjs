// Runs `capnp` over a schema and reads what it says of it: a CodeGeneratorRequest, by capnp-ts's own std schema.
import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { Message } from 'capnp-ts';
import { CodeGeneratorRequest } from 'capnp-ts/src/std/schema.capnp.js';

/** @returns {boolean} whether `capnp` is installed */
export const hasCapnp = () => spawnSync('capnp', ['--version'], { stdio: 'ignore' }).status === 0;

/**
 * @param {string} file a schema
 * @returns {CodeGeneratorRequest}
 * @throws Error with the compiler's words where the schema has a fault
 */
export function compile(file) {
  const { status, stdout, stderr, error } = spawnSync('capnp', ['compile', '-o-', basename(file)], {
    cwd: dirname(file),
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw new Error(`capnp could not be started: ${error.message}`);
  if (status !== 0) throw new Error(String(stderr).trim());
  const message = new Message(stdout, false);
  // The compiler's answer is trusted, and may be longer than what the library reads by default.
  message._capnp.traversalLimit = Number.MAX_SAFE_INTEGER;
  return message.getRoot(CodeGeneratorRequest);
}

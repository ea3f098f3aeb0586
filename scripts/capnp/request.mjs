// Runs `capnp` on a schema and reads its answer: a CodeGeneratorRequest, decoded with capnp-ts's own std schema.
import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { Message } from 'capnp-ts';
import { CodeGeneratorRequest } from 'capnp-ts/src/std/schema.capnp.js';

/**
 * @param {string} file a schema
 * @returns {CodeGeneratorRequest}
 * @throws Error with the compiler's message when the schema has an error
 */
export function compile(file) {
  const { status, stdout, stderr, error } = spawnSync('capnp', ['compile', '-o-', basename(file)], {
    cwd: dirname(file),
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw new Error(`Couldn't start capnp: ${error.message}`);
  if (status !== 0) throw new Error(String(stderr).trim());
  const message = new Message(stdout, false);
  // The compiler's answer is trusted, and may be longer than the library's default limit.
  message._capnp.traversalLimit = Number.MAX_SAFE_INTEGER;
  return message.getRoot(CodeGeneratorRequest);
}

// The text of docs/protocol.md, the taskd contract for people, made from the schemas and their comments.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { loadSchemas, namedSchemas, readComments } from './contract.mjs';
import { createPrinter } from './print.mjs';
import { root } from '../run-step.mjs';

/** Where it belongs. */
export const target = join(root, 'docs', 'protocol.md');

const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table that Prettier leaves alone: aligned columns would make it several screens wide. @param {string[]} titles @param {string[][]} rows */
const table = (titles, rows) =>
  ['<!-- prettier-ignore -->', titles, titles.map(() => '---'), ...rows]
    .map((row) => (typeof row === 'string' ? row : `| ${row.map(cell).join(' | ')} |`))
    .join('\n');

const code = (/** @type {string[]} */ blocks) => `<!-- prettier-ignore -->\n\`\`\`ts\n${blocks.join('\n\n')}\n\`\`\``;

/**
 * @param {Map<string, string>} comments
 * @param {string} path
 * @throws Error for a command, event or code without a comment
 */
const described = (comments, path) => {
  const text = comments.get(path);
  if (text === undefined) throw new Error(`${path} needs a comment in schema/: the document is made from them`);
  return text;
};

/** @param {readonly string[]} notBuilt @param {string} name */
const marked = (notBuilt, name) => (notBuilt.includes(name) ? '**Not built yet.** ' : '');

/** @returns {Promise<string>} the whole document */
export async function protocolDocument() {
  const [modules, comments, template] = await Promise.all([
    loadSchemas(root),
    readComments(root),
    readFile(join(root, 'scripts', 'protocol-doc', 'template.md'), 'utf8'),
  ]);
  const { taskdApi, taskdPort, commandsNotBuilt, eventsNotBuilt } = modules.taskd_api;
  const { errorCode, isRetryable } = modules.errors;
  const { taskdProtocol, handshakeText } = modules.handshake;
  const named = namedSchemas(modules);
  const printer = createPrinter({ named, comments });
  const methods = Object.entries(taskdApi.methods);
  const events = Object.entries(taskdApi.events);
  const signed = (/** @type {'guest' | 'host'} */ role) =>
    `\`${JSON.stringify(handshakeText(role, '<host challenge>', '<guest challenge>'))}\``;

  /** @type {Record<string, string>} */
  const parts = {
    maxFrame: new Intl.NumberFormat('en-GB').format(modules.jsonl.maxFrameBytes),
    port: String(taskdPort),
    protocol: String(taskdProtocol),
    replayed: String(modules.replay_cache.keptAnswers),
    guestText: signed('guest'),
    hostText: signed('host'),
    commands: table(
      ['command', 'payload', 'result', 'what it does'],
      methods.map(([name, { params, result }]) => [
        `\`${name}\``,
        printer.fields(params),
        printer.fields(result),
        marked(commandsNotBuilt, name) + described(comments, `taskdApi.methods.${name}`),
      ]),
    ),
    events: table(
      ['event', 'payload', 'what it says'],
      events.map(([name, payload]) => [
        `\`${name}\``,
        printer.fields(payload),
        marked(eventsNotBuilt, name) + described(comments, `taskdApi.events.${name}`),
      ]),
    ),
    errors: table(
      ['code', 'retryable', 'meaning'],
      errorCode.options.map((name) => [
        `\`${name}\``,
        isRetryable(name) ? 'yes' : 'no',
        described(comments, `errorCode.${name}`),
      ]),
    ),
    commandShapes: code(
      methods.map(([name, { params, result }]) => {
        const path = `taskdApi.methods.${name}`;
        return `${name} ${printer.shape(params, path)}\n→ ${printer.shape(result, path)}`;
      }),
    ),
    eventShapes: code(events.map(([name, payload]) => `${name} ${printer.shape(payload, `taskdApi.events.${name}`)}`)),
    types: code(
      [...named]
        .filter(([, name]) => !['errorCode', 'wireError'].includes(name))
        .map(([schema, name]) => printer.declaration(name, schema)),
    ),
  };
  const text = template.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`template.md asks for ${name}, which this script doesn't write`);
    return part;
  });
  return format(text, { ...(await resolveConfig(target)), parser: 'markdown' });
}

// The evidence of one side of the trial, in the same form for every harness.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {object} Evidence
 * @property {Record<string, string>} files of the working folder
 * @property {object[]} journal lines of bridge.jsonl without times and ids
 * @property {string[]} requests everything that each request told the model
 * @property {string[]} dialogs
 * @property {string[]} notices
 * @property {string[]} statuses
 * @property {string[]} logged
 */

/** The journals are compared; times and numbers differ in each harness. */
async function journalOf(folder) {
  const text = await readFile(join(folder, 'bridge.jsonl'), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const { event, rules, verdict, reason, asked } = JSON.parse(line);
    return { event, rules, verdict, ...(reason && { reason }), ...(asked && { asked }) };
  });
}

async function filesOf(folder) {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  return Object.fromEntries(
    await Promise.all(names.map(async ({ name }) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

/** @returns {Promise<Evidence>} */
export async function evidenceOf({ work, state, asked, dialogs = [], notices = [], statuses = [], logged = [] }) {
  const requests = asked.map(({ messages }) => JSON.stringify(messages));
  return { files: await filesOf(work), journal: await journalOf(state), requests, dialogs, notices, statuses, logged };
}

/** The trace for one harness: what the model says, with that harness's tool names. */
export const repliesOf = (trace, { command, tool }) =>
  trace.prompts.flatMap(({ replies }) =>
    replies.map(({ text, call }) => {
      if (!call) return { text };
      return { call: call.tool ? { name: tool(call.tool), input: call.input } : command(call.command) };
    }),
  );

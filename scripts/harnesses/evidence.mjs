// The evidence of one side of the trial, in the same form for every harness.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {{ event: string, rules: string[], verdict: string, reason?: string, asked?: unknown }} JournalLine
 *
 * @typedef {{ text: string, replies: Array<{ text?: string, call?: TraceCall }> }} TracePrompt
 * @typedef {{ command: string, tool?: undefined } | { tool: string, input: object }} TraceCall
 * @typedef {{ prompts: TracePrompt[] }} Trace
 *
 * @typedef {object} Evidence
 * @property {Record<string, string>} files of the working folder
 * @property {JournalLine[]} journal lines of bridge.jsonl without times and ids
 * @property {string[]} requests everything that each request told the model
 * @property {readonly string[]} dialogs
 * @property {readonly string[]} notices
 * @property {readonly string[]} statuses
 * @property {readonly string[]} logged
 */

/**
 * The journals are compared; times and numbers differ in each harness.
 *
 * @param {string} folder
 * @returns {Promise<JournalLine[]>}
 */
async function journalOf(folder) {
  const text = await readFile(join(folder, 'bridge.jsonl'), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const { event, rules, verdict, reason, asked } = JSON.parse(line);
    return { event, rules, verdict, ...(reason && { reason }), ...(asked && { asked }) };
  });
}

/** @param {string} folder @returns {Promise<Record<string, string>>} */
async function filesOf(folder) {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  return Object.fromEntries(
    await Promise.all(names.map(async ({ name }) => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

/**
 * @param {{ work: string, state: string, asked: ReadonlyArray<{ messages: unknown }> }
 *   & Partial<Record<'dialogs' | 'notices' | 'statuses' | 'logged', readonly string[]>>} left
 * @returns {Promise<Evidence>}
 */
export async function evidenceOf({ work, state, asked, dialogs = [], notices = [], statuses = [], logged = [] }) {
  const requests = asked.map(({ messages }) => JSON.stringify(messages));
  return { files: await filesOf(work), journal: await journalOf(state), requests, dialogs, notices, statuses, logged };
}

/**
 * The trace for one harness: what the model says, with that harness's tool names.
 *
 * @param {Trace} trace
 * @param {{ command: (text: string) => import('./model.mjs').Call, tool: (name: string) => string }} names
 * @returns {import('./model.mjs').Said[]}
 */
export const repliesOf = (trace, { command, tool }) =>
  trace.prompts.flatMap(({ replies }) =>
    replies.map(({ text, call }) => {
      if (!call) return { text: text ?? '' };
      return { call: call.tool === undefined ? command(call.command) : { name: tool(call.tool), input: call.input } };
    }),
  );

/** The tool: counts the words of files one after the other, reports progress, and stops early when told to. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ContractError } from '../../schema/capnp/contract-error';
import { withDefaults } from '../../schema/capnp/with-defaults';
import type { ContentBlock, PiHost, ToolResult } from '../../schema/generated/pi-api';
import { toolResultCodec } from '../../schema/generated/pi-api-codec';

/** One call of the tool. */
export interface Counting {
  readonly callId: string;
  readonly inputJson: string;
  readonly host: PiHost;
  /** Absolute path that relative file names start from */
  readonly folder: string;
  /** The person is asked before more files than this are counted */
  readonly askAbove: number;
  /** Its reason is a text that says who stopped it */
  readonly signal: AbortSignal;
}

const text = (value: string): ContentBlock => ({ which: 'text', text: value });
const failed = (why: string): ToolResult => withDefaults(toolResultCodec, { content: [text(why)], isError: true });

function parse(inputJson: string): { readonly files: readonly string[]; readonly pauseMs: number } {
  try {
    const { files, pauseMs = 0 } = JSON.parse(inputJson) as { files: unknown; pauseMs?: unknown };
    const isWell = Array.isArray(files) && files.every((file) => typeof file === 'string');
    if (isWell && typeof pauseMs === 'number') return { files: files, pauseMs };
  } catch {
    // Text that isn't JSON gets the same answer as JSON of the wrong shape.
  }
  throw new ContractError('invalidInput', 'count_words takes {"files": ["…"]}.');
}

/** Runs of anything but space, tab and line ends: the same in every encoding that contains ASCII. */
const wordsOf = (content: Buffer): number => content.toString('latin1').match(/[^ \t\r\n]+/g)?.length ?? 0;

async function isAgreed(callId: string, count: number, host: PiHost): Promise<boolean> {
  const confirm = { title: 'Count words', message: `Count the words of ${count} files?` };
  const reply = await host.uiAction({ callId, which: 'confirm', confirm });
  return reply.which === 'confirmed' && reply.confirmed;
}

/** @throws ContractError `invalidInput`; for an unreadable file, the answer says so */
export async function countFiles({ callId, inputJson, host, folder, askAbove, signal }: Counting): Promise<ToolResult> {
  const { files, pauseMs } = parse(inputJson);
  if (files.length > askAbove && !(await isAgreed(callId, files.length, host))) {
    return failed('Not counted: the person denied it.');
  }
  const lines: string[] = [];
  let total = 0;
  for (const [index, file] of files.entries()) {
    if (index > 0) await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    if (index > 0 && signal.aborted) {
      return failed(`Cancelled after ${index} of ${files.length} files: ${String(signal.reason)}`);
    }
    const content = await readFile(resolve(folder, file)).catch(() => null);
    if (content === null) return failed(`Couldn't read ${file}.`);
    const words = wordsOf(content);
    total += words;
    lines.push(`${file}: ${words} words`);
    const progress = [text(`${file}: ${words} words (${index + 1} of ${files.length})`)];
    // Progress is only for display; a harness that doesn't show it works just as well.
    await host.toolUpdate({ callId, content: progress }).catch(() => undefined);
  }
  lines.push(`total: ${total} words in ${files.length} files`);
  const detailsJson = JSON.stringify({ files: files.length, words: total });
  return withDefaults(toolResultCodec, { content: [text(lines.join('\n'))], detailsJson });
}

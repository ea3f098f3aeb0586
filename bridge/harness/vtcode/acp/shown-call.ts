/** Which tool a call is of, and what a tool has answered, from what VTCode shows of them. Pure. */
import { jsonOf } from '../../../session/event-fields';
import type { JsonObject } from '../calls';
import type { ShownCall, ToolUpdate } from './messages';

export interface KnownCall {
  readonly tool: string;
  readonly input: JsonObject;
}

const has = (input: JsonObject, ...names: readonly string[]): boolean => names.some((name) => name in input);

/** By the shape of the input, since the name is not told; a call of no known shape goes by its title. */
function toolOf({ kind, title, rawInput = {} }: ShownCall): string {
  if (has(rawInput, 'cmd', 'command')) return 'exec_command';
  if (has(rawInput, 'chars', 'session_id')) return 'write_stdin';
  if (has(rawInput, 'patch') || (kind === 'edit' && has(rawInput, 'input'))) return 'apply_patch';
  if (kind === 'read') return 'read_file';
  if (kind === 'search') return 'list_files';
  return title;
}

export const knownCall = (call: ShownCall): KnownCall => ({ tool: toolOf(call), input: call.rawInput ?? {} });

export interface Answered {
  readonly text: string;
  readonly isError: boolean;
}

const isObject = (value: unknown): value is JsonObject => value !== null && typeof value === 'object';

/** VTCode's own report stands around the output of a command, as JSON. */
export function answeredBy({ status, content, rawOutput }: ToolUpdate): Answered {
  const shown = (content ?? []).map((block) => block.content?.text ?? '').join('\n');
  const fromText: unknown = jsonOf(shown);
  const report = isObject(rawOutput) ? rawOutput : isObject(fromText) ? fromText : {};
  const { output, exit_code: exitCode, message } = report;
  const hasFailed = status === 'failed' || (typeof exitCode === 'number' && exitCode !== 0);
  const text = typeof output === 'string' ? output : typeof message === 'string' ? message : shown;
  return { text, isError: hasFailed };
}

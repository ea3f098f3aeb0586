/** Finds a call's tool and its answer in what VTCode shows. Pure. */
import { answeredBy, type Answered } from '../answered';
import type { JsonObject } from '../gated-call';
import type { ShownCall, ToolUpdate } from './messages';

export interface KnownCall {
  readonly tool: string;
  readonly input: JsonObject;
}

const has = (input: JsonObject, ...names: readonly string[]): boolean => names.some((name) => name in input);

/** By the shape of the input, because the name isn't sent; a call of unknown shape is named by its title. */
function toolOf({ kind, title, rawInput = {} }: ShownCall): string {
  if (has(rawInput, 'cmd', 'command')) return 'exec_command';
  if (has(rawInput, 'chars', 'session_id')) return 'write_stdin';
  if (has(rawInput, 'patch') || (kind === 'edit' && has(rawInput, 'input'))) return 'apply_patch';
  if (kind === 'read') return 'read_file';
  if (kind === 'search') return 'list_files';
  return title;
}

export const knownCall = (call: ShownCall): KnownCall => ({ tool: toolOf(call), input: call.rawInput ?? {} });

/** The output of a command is inside VTCode's own report, as JSON. */
export const toolAnswer = ({ status, content, rawOutput }: ToolUpdate): Answered =>
  answeredBy({
    report: rawOutput,
    shown: (content ?? []).map((block) => block.content?.text ?? '').join('\n'),
    hasFailed: status === 'failed',
  });

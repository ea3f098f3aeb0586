/**
 * Converts VTCode's tool calls to the names and inputs that rules know, which are pi's, and an input back again. Pure.
 *
 * | VTCode          | for rules                                                              |
 * |-----------------|------------------------------------------------------------------------|
 * | exec_command    | bash {command}                                                         |
 * | write_stdin     | bash {command: what is typed}; unchanged when it only reads output     |
 * | read_file       | read {path}                                                            |
 * | list_files      | ls {path}                                                              |
 * | apply_patch     | for each file: write, edit, or bash {command: rm or mv}                |
 * | mcp::ours::name | name                                                                   |
 */
import type { GatedCall, JsonObject } from './gated-call';
import { patchedFiles } from './patch-files';

/** The name under which our MCP server is installed. */
export const providerName = 'piwork';
const ownTool = new RegExp(`^mcp(?:::|__)${providerName}(?:::|__)(.+)$`);

/** What VTCode adds for itself: a second spelling of the command, and what to do with it */
const ownFields: ReadonlySet<string> = new Set(['cmd', 'command', 'action']);

const textOf = (input: JsonObject, ...names: readonly string[]): string | null => {
  const found = names.map((name) => input[name]).find((value) => typeof value === 'string');
  return typeof found === 'string' ? found : null;
};

const rest = (input: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !ownFields.has(name)));

function commandCall(input: JsonObject): GatedCall {
  const command = textOf(input, 'cmd', 'command') ?? '';
  return {
    tool: 'bash',
    input: { ...rest(input), command },
    back: ({ command: changed, ...others }) => ({ ...others, cmd: changed }),
  };
}

function pathCall(tool: string, input: JsonObject): GatedCall {
  const path = textOf(input, 'path', 'file_path', 'dir_path') ?? '.';
  return { tool, input: { ...input, path }, back: (changed) => changed };
}

/** Asked about one after the other; all must be allowed. */
export function gatedCalls(tool: string, input: JsonObject): readonly GatedCall[] {
  const own = ownTool.exec(tool)?.[1];
  if (own !== undefined) return [{ tool: own, input, back: (changed) => changed }];
  switch (tool) {
    case 'exec_command':
    case 'unified_exec':
      return [commandCall(input)];
    case 'write_stdin': {
      const typed = textOf(input, 'chars', 'input');
      return typed === null || typed === '' ? [{ tool, input }] : [{ tool: 'bash', input: { command: typed } }];
    }
    case 'read_file':
      return [pathCall('read', input)];
    case 'list_files':
      return [pathCall('ls', input)];
    case 'apply_patch': {
      const files = patchedFiles(textOf(input, 'input', 'patch') ?? '');
      return files.length === 0 ? [{ tool, input }] : files;
    }
    default:
      return [{ tool, input, back: (changed) => changed }];
  }
}

/** The call for events of a running tool: a single one, even if the gate was asked about its parts. */
export function toldCall(tool: string, input: JsonObject): GatedCall {
  const [first = { tool, input }, ...others] = gatedCalls(tool, input);
  return others.length === 0 ? first : { tool: 'edit', input };
}

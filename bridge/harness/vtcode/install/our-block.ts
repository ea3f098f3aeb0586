/** Our part of a person's vtcode.toml: one block between two marks, at the end. Pure. */
import { providerName } from '../calls';

export interface InstalledCommands {
  /** The program's command without its subcommand: an interpreter and a file */
  readonly program: readonly string[];
  readonly socket: string;
  /** Whether the file already has a table `[mcp]`; ours would be the second */
  readonly hasMcpTable: boolean;
  /** Whether the person's own status line stays */
  readonly hasStatusLine: boolean;
}

const begin = '# >>> piwork: written by its installer and removed by it, do not edit';
const end = '# <<< piwork';

/** Longer than the hook's own deadline, so that the hook itself can answer. */
const hookTimeoutSeconds = 30;
/** For a hook, in `ms` */
export const hookDeadlineMs = 25_000;

const hooks = {
  session_start: null,
  session_end: null,
  user_prompt_submit: null,
  pre_tool_use: '*',
  permission_request: '*',
  post_tool_use: '*',
  pre_compact: null,
  stop: null,
} as const;

/** A TOML basic string is a JSON string, except for characters that JSON doesn't escape. */
const text = (value: string): string => JSON.stringify(value).replaceAll('\u007f', '\\u007f');
const word = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;

function hookTables(command: string): readonly string[] {
  return Object.entries(hooks).flatMap(([name, matcher]) => [
    `[[hooks.lifecycle.${name}]]`,
    ...(matcher === null ? [] : [`matcher = ${text(matcher)}`]),
    `[[hooks.lifecycle.${name}.hooks]]`,
    `command = ${text(command)}`,
    `timeout_seconds = ${hookTimeoutSeconds}`,
    '',
  ]);
}

/** With `exec`, because VTCode ends only the shell that it started, and waits for every process that still writes. */
export function ourBlock({ program, socket, hasMcpTable, hasStatusLine }: InstalledCommands): string {
  const called = (name: string): string => ['exec', ...[...program, name, '--socket', socket].map(word)].join(' ');
  const [command = '', ...words] = program;
  const args = [...words, 'mcp', '--socket', socket];
  const lines = [
    ...[begin, ...hookTables(called('hook'))],
    ...(hasMcpTable ? [] : ['[mcp]', 'enabled = true', '']),
    ...['[[mcp.providers]]', `name = ${text(providerName)}`, `command = ${text(command)}`],
    ...[`args = [${args.map(text).join(', ')}]`, ''],
    ...(hasStatusLine ? [] : ['[ui.status_line]', 'mode = "command"', `command = ${text(called('status'))}`, '']),
  ];
  return `${[...lines, end].join('\n')}\n`;
}

const block = new RegExp(`\\n?${begin}\\n[^]*?\\n${end}\\n`);

/** The file without our block, byte for byte. */
export const withoutOurs = (file: string): string => file.replace(block, '');

export const withOurs = (file: string, ours: string): string => `${withoutOurs(file)}${file === '' ? '' : '\n'}${ours}`;

/** What installing or removing changes in a person's vtcode.toml, or why it is refused. Pure. */
import { parse, TomlError } from 'smol-toml';
import { isDeepStrictEqual } from 'node:util';
import { providerName } from '../calls';
import { ourBlock, withOurs, withoutOurs, type InstalledCommands } from './our-block';

/** Why the file isn't changed: a sentence that says what to do. */
export class InstallRefused extends Error {}

/** A configuration that VTCode reads from a workspace; hooks in it turn all hooks off until they are approved. */
export interface WorkspaceConfig {
  readonly path: string;
  readonly text: string;
}

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function at(table: Table, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((value, name) => (isTable(value) ? value[name] : undefined), table);
}

function parsed(text: string, path: string): Table {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new InstallRefused(`${path} isn't valid TOML, so Piwork didn't change it: ${error.message}`, {
      cause: error,
    });
  }
}

const hookCount = (lifecycle: unknown): number =>
  isTable(lifecycle)
    ? Object.values(lifecycle).reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0)
    : 0;

export interface InstallPlan {
  readonly before: string;
  readonly after: string;
  /** For the person: which of their entries stay, and what they don't get because of it */
  readonly remarks: readonly string[];
}

type Program = Pick<InstalledCommands, 'program' | 'socket'>;

/**
 * @param before the file's text, empty when there is none
 * @throws InstallRefused
 */
export function planInstall(before: string, program: Program, workspace: readonly WorkspaceConfig[]): InstallPlan {
  for (const { path, text } of workspace) {
    if (hookCount(at(parsed(text, path), 'hooks', 'lifecycle')) === 0) continue;
    const what = `${path} has hooks of its own, and VTCode skips all hooks, ours too, until those are approved.`;
    throw new InstallRefused(`${what} Move them to your own configuration, then install again.`);
  }
  const own = withoutOurs(before);
  const theirs = parsed(own, 'vtcode.toml');
  const mcp = at(theirs, 'mcp');
  if (isTable(mcp) && mcp['enabled'] !== true) {
    throw new InstallRefused('vtcode.toml has a table [mcp] without `enabled = true`: add that, then install again.');
  }
  const providers = at(theirs, 'mcp', 'providers');
  if (Array.isArray(providers) && providers.some((one) => isTable(one) && one['name'] === providerName)) {
    throw new InstallRefused(`vtcode.toml has an MCP server of its own named ${providerName}: rename it first.`);
  }
  const hasStatusLine = at(theirs, 'ui', 'status_line') !== undefined;
  const after = withOurs(own, ourBlock({ ...program, hasMcpTable: mcp !== undefined, hasStatusLine }));
  check(own, after);
  const hooks = hookCount(at(theirs, 'hooks', 'lifecycle'));
  const remarks = [
    ...(hooks === 0 ? [] : [`Your own hooks (${hooks}) stay as they are, and run beside ours.`]),
    ...(hasStatusLine ? ["Your own status line stays; statuses of extensions aren't shown."] : []),
  ];
  return { before, after, remarks };
}

/** @throws InstallRefused when the file has no entries of ours */
export function planRemoval(before: string): InstallPlan {
  const after = withoutOurs(before);
  if (after === before) throw new InstallRefused('vtcode.toml has no entries of Piwork.');
  return { before, after, remarks: [] };
}

/** Checks that our entries are valid, and that they change none of the person's. */
function check(own: string, after: string): void {
  const theirs = parsed(own, 'vtcode.toml');
  const whole = parsed(after, 'vtcode.toml with our entries');
  if (withoutOurs(after) === own && isKept(theirs, whole)) return;
  throw new InstallRefused('Our entries would change yours: vtcode.toml is left as it is.');
}

/** Lists may have more items at their end, tables may have more names. */
function isKept(theirs: unknown, whole: unknown): boolean {
  if (isTable(theirs)) {
    return isTable(whole) && Object.entries(theirs).every(([name, value]) => isKept(value, whole[name]));
  }
  if (!Array.isArray(theirs)) return isDeepStrictEqual(theirs, whole);
  return Array.isArray(whole) && isDeepStrictEqual(theirs, whole.slice(0, theirs.length));
}

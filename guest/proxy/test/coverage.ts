/** How often each arm of the contract was seen, and why some can't be. */
import { eventKinds } from '../../../schema/generated/pi-api';
import { piHostInterface } from '../../../schema/generated/pi-api-codec';

export type Group = 'event' | 'answer' | 'host' | 'ui' | 'reply' | 'feature';

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const uiActions = [
  ...['select', 'confirm', 'input', 'editor', 'notify', 'setStatus', 'setWidget', 'setTitle', 'setEditorText'],
  ...['pasteToEditor', 'getEditorText', 'setWorkingMessage', 'setWorkingVisible', 'setWorkingIndicator'],
  ...['setHiddenThinkingLabel', 'setToolsExpanded', 'getToolsExpanded', 'setTheme', 'getThemes'],
];

const features = [
  ...[
    'tool: result',
    'tool: details',
    'tool: structured content',
    'tool: error',
    'tool: thrown error',
    'tool: terminate',
  ],
  ...['tool: progress', 'tool: cancel', 'tool: runs another', 'tool: image', 'tool: name that exists is refused'],
  ...['command: done', 'command: error', 'command: newSession', 'command: fork', 'command: navigateTree'],
  ...['command: switchSession', 'command: reload', 'command: completion', 'shortcut', 'flag'],
];

const answers = [...new Set(eventKinds.flatMap(({ responses }) => [...responses] as string[])), 'none', 'error'];

const all: readonly (readonly [Group, readonly string[]])[] = [
  ['event', [...eventKinds.map(({ name }) => camel(name)), 'unknown']],
  ['answer', answers],
  ['host', piHostInterface.methods.map(({ name }) => name)],
  ['ui', uiActions],
  ['reply', ['done', 'confirmed', 'value', 'cancelled', 'expanded', 'themes', 'failed']],
  ['feature', features],
];

const noTrust = 'pi asks before the session, when no bridge is up: the proxy answers';

/** What pi can't do in RPC mode, or doesn't do by itself. */
export const unreachable: Readonly<Record<string, string>> = {
  'event projectTrust': noTrust,
  'answer projectTrust': noTrust,
  'event unknown': 'pi 1.5.2 has no event without an arm',
  'feature command: completion': 'RPC mode completes nothing: there is no editor',
  'feature shortcut': 'RPC mode has no keys',
};

export class Coverage {
  readonly #seen = new Map<string, number>();

  count(group: Group, name: string): void {
    const key = `${group} ${name}`;
    this.#seen.set(key, (this.#seen.get(key) ?? 0) + 1);
  }

  /**
   * Arms that were never seen and have no reason, arms that were seen although they have one, and names that aren't
   * arms.
   */
  mistakes(): { missing: string[]; needless: string[]; undeclared: string[] } {
    const keys = all.flatMap(([group, names]) => names.map((name) => `${group} ${name}`));
    return {
      missing: keys.filter((key) => !this.#seen.has(key) && !(key in unreachable)),
      needless: keys.filter((key) => this.#seen.has(key) && key in unreachable),
      undeclared: [...this.#seen.keys()].filter((key) => !keys.includes(key)),
    };
  }

  /** One line per arm. */
  table(): string {
    const lines = all.flatMap(([group, names]) =>
      names.map((name) => {
        const key = `${group} ${name}`;
        const seen = String(this.#seen.get(key) ?? 0).padStart(5);
        return `${group.padEnd(8)} ${name.padEnd(34)}${seen}${key in unreachable ? `   ${unreachable[key] ?? ''}` : ''}`;
      }),
    );
    return ['', `${'group'.padEnd(8)} ${'arm'.padEnd(34)} seen`, ...lines].join('\n');
  }
}

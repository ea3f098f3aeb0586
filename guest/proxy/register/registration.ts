/**
 * Registers with pi what the manifest offers, each thing once. After a restart of the bridge it registers only what is
 * new.
 */
import { toContractError } from '../../../schema/capnp/contract-error';
import type { ExtensionManifest } from '../../../schema/generated/pi-api';
import type { Pi } from '../pi';
import { toPiCommand, toPiShortcut } from './command-registration';
import { toPiTool, type ToolOptions } from './tool-registration';

export interface RegistrationOptions extends ToolOptions {
  readonly pi: Pick<Pi, 'getAllTools' | 'getCommands' | 'registerTool' | 'registerCommand' | 'registerShortcut'>;
  /** Tells the person why something isn't available */
  readonly tell: (text: string) => void;
}

export class Registration {
  readonly #known = new Set<string>();

  constructor(private readonly options: RegistrationOptions) {}

  /** Never throws. */
  register({ name: extension, tools, commands, shortcuts }: ExtensionManifest): void {
    const { pi } = this.options;
    for (const tool of tools) {
      this.#once(`the tool ${tool.name}`, extension, () => {
        const owner = pi.getAllTools().find(({ name }) => name === tool.name)?.sourceInfo.path;
        if (owner !== undefined) throw new Error(`that name is already taken (${owner})`);
        pi.registerTool(toPiTool(tool, this.options));
      });
    }
    for (const command of commands) {
      this.#once(`the command /${command.name}`, extension, () => {
        const isThere = pi.getCommands().some(({ name }) => name === command.name);
        if (isThere) throw new Error('that name is already taken');
        pi.registerCommand(command.name, toPiCommand(command, this.options));
      });
    }
    for (const shortcut of shortcuts) {
      this.#once(`the shortcut ${shortcut.key}`, extension, () =>
        pi.registerShortcut(shortcut.key, toPiShortcut(shortcut, this.options)),
      );
    }
  }

  #once(what: string, extension: string, work: () => void): void {
    if (this.#known.has(what)) return;
    this.#known.add(what);
    try {
      work();
    } catch (error) {
      this.options.tell(`${extension}: ${what} isn't available: ${toContractError(error).message}`);
    }
  }
}

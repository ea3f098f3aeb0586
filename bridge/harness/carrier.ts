/** What one way of reaching a harness supports, and what an extension needs beyond it. Pure. */
import type { ExtensionManifest } from '../../schema/generated/pi-api';

/** A way of reaching a harness, with what it supports; everything else is refused by name. */
export interface Carrier {
  /** `HostInfo.harness` */
  readonly harness: string;
  /** Names of `hostCapabilities` */
  readonly capabilities: readonly string[];
  /** pi's names of the sent events */
  readonly events: readonly string[];
}

interface Offer {
  readonly kind: string;
  readonly capability: string;
  readonly names: readonly string[];
}

const offersOf = ({ tools, commands, shortcuts, flags }: ExtensionManifest): readonly Offer[] => [
  { kind: 'tool', capability: 'tools', names: tools.map(({ name }) => name) },
  { kind: 'command', capability: 'commands', names: commands.map(({ name }) => name) },
  { kind: 'shortcut', capability: 'shortcuts', names: shortcuts.map(({ key }) => key) },
  { kind: 'flag', capability: 'flags', names: flags.map(({ name }) => name) },
];

/** One sentence for each thing that the extension offers or needs and this carrier doesn't support. */
export function lossesOf(manifest: ExtensionManifest, { harness, capabilities, events }: Carrier): readonly string[] {
  const offers = offersOf(manifest).filter(({ capability }) => !capabilities.includes(capability));
  return [
    ...offers.flatMap(({ kind, names }) => names.map((name) => `${harness} has no place for the ${kind} ${name}.`)),
    ...manifest.events
      .filter(({ name }) => !events.includes(name))
      .map(({ name }) => `${harness} doesn't report ${name}: rules for it never fire.`),
    ...manifest.needs
      .filter((need) => !capabilities.includes(need))
      .map((need) => `${manifest.name} needs ${need}, which ${harness} doesn't have.`),
  ];
}

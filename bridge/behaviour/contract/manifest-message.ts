/** The manifest in the contract's shape, and as a Cap'n Proto message. */
import { Message, Struct } from 'capnp-ts';
import { initStruct } from '../../../schema/capnp/write-values';
import type { ExtensionManifest, FlagDefinition, ToolDefinition } from '../../../schema/generated/pi-api';
import { protocolVersion } from '../../../schema/generated/pi-api';
import { extensionManifestCodec } from '../../../schema/generated/pi-api-codec';
import type { CompiledBehaviour } from '../compile';
import type { FlagEntry, ToolEntry } from '../manifest';
import type { RuleTable } from '../table';
import { walk } from '../walk';

const orAbsent = (text: string): string | undefined => (text === '' ? undefined : text);

function toolDefinition(tool: ToolEntry, table: RuleTable): ToolDefinition {
  const reached = new Set<string>();
  walk(
    table.tools.find(({ name }) => name === tool.name),
    (part) => {
      if (part['kind'] === 'run-tool' && typeof part['tool'] === 'string') reached.add(part['tool']);
    },
  );
  return {
    name: tool.name,
    label: tool.label,
    description: tool.description,
    promptSnippet: orAbsent(tool.promptSnippet),
    promptGuidelines: tool.promptGuidelines,
    parametersJson: JSON.stringify(tool.parameters),
    exposure: 'direct',
    annotations: { readOnlyHint: tool.isReadOnly, destructiveHint: tool.isDestructive },
    executionMode: tool.runsAlone ? 'sequential' : 'byDefault',
    reachesTools: reached.size === 0 ? undefined : [...reached],
    deadlineMs: table.limits.toolMs,
  };
}

function flagDefinition({ name, description, default: byDefault }: FlagEntry): FlagDefinition {
  const common = { name, description: orAbsent(description) };
  if (typeof byDefault === 'boolean') return { ...common, which: 'boolean', boolean: { byDefault } };
  return { ...common, which: 'string', string: { byDefault } };
}

/** Capabilities without which the behaviour would promise something that the harness can't do. */
function needs(table: RuleTable): readonly string[] {
  const kinds = new Set<unknown>();
  for (const rule of table.rules.filter(({ events }) => events.includes('tool-call'))) {
    walk([rule.action, rule.otherwise], (part) => void kinds.add(part['kind']));
  }
  const blocks = ['block', 'confirm', 'select', 'input', 'editor', 'ask-act', 'shell'].some((kind) => kinds.has(kind));
  return blocks ? ['blockTool'] : [];
}

/** The answer of a bridge with this behaviour to `describe`. */
export function contractManifest({ manifest, table, digest }: CompiledBehaviour): ExtensionManifest {
  return {
    protocolVersion,
    name: manifest.name,
    version: String(manifest.version),
    description: orAbsent(manifest.description),
    behaviourDigest: digest,
    tools: manifest.tools.map((tool) => toolDefinition(tool, table)),
    commands: manifest.commands.map(({ name, description, completions }) => ({
      name,
      description: orAbsent(description),
      completesArguments: completions.length > 0,
    })),
    shortcuts: manifest.shortcuts.map(({ key, description }) => ({ key, description: orAbsent(description) })),
    flags: manifest.flags.map(flagDefinition),
    events: manifest.events.map(({ name, class: kind, deadlineMs }) => ({
      name: name.replaceAll('-', '_'),
      class: kind,
      deadlineMs,
      toolNames: [],
    })),
    needs: needs(table),
  };
}

/** The same as one message in standard stream framing, to read it without running the bridge. */
export function manifestMessage(behaviour: CompiledBehaviour): Uint8Array {
  const message = new Message();
  const root = initStruct(new Struct(message.getSegment(0), 0), extensionManifestCodec);
  extensionManifestCodec.write(root, contractManifest(behaviour));
  return new Uint8Array(message.toArrayBuffer());
}

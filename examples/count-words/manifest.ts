/** What the extension offers. */
import { withDefaults } from '../../schema/capnp/with-defaults';
import type { ExtensionManifest } from '../../schema/generated/pi-api';
import { extensionManifestCodec, toolDefinitionCodec } from '../../schema/generated/pi-api-codec';

export const toolName = 'count_words';

const parameters = {
  type: 'object',
  properties: {
    files: {
      type: 'array',
      items: { type: 'string' },
      minItems: 1,
      description: 'Paths of text files, relative to the working folder',
    },
    pauseMs: { type: 'integer', minimum: 0, description: 'A pause between two files, in milliseconds' },
  },
  required: ['files'],
  additionalProperties: false,
};

export const manifest: ExtensionManifest = withDefaults(extensionManifestCodec, {
  name: 'count-words',
  version: '1.0.0',
  description: 'Counts the words of text files, and keeps secrets from being read',
  needs: ['blockTool'],
  tools: [
    withDefaults(toolDefinitionCodec, {
      name: toolName,
      label: 'Count words',
      description: 'Counts the words of text files, one after the other.',
      parametersJson: JSON.stringify(parameters),
      annotations: { readOnlyHint: true },
    }),
  ],
  events: [{ name: 'tool_call', class: 'gate', deadlineMs: 2000, toolNames: ['read', 'write', 'edit'] }],
});

/** Converts extension messages, and what a boundary adds to a session, between pi's shape and the contract's. */
import type { CustomMessage, EntryDraft } from '../../schema/generated/pi-api';
import { fromPiContent, toPiContent } from './content';
import { fromJson, jsonField, toJson, toOptionalJson } from './json';
import type { PiCustomMessage } from './pi';

export const fromPiMessage = ({ customType, content, display, details }: PiCustomMessage): CustomMessage => ({
  ...{ customType, content: fromPiContent(content), display, detailsJson: toOptionalJson(details) },
});

export const toPiMessage = ({ customType, content, display, detailsJson }: CustomMessage): PiCustomMessage => ({
  ...{ customType, content: toPiContent(content), display },
  ...jsonField('details', detailsJson),
});

/** pi's SessionBoundaryDraft */
export type PiDraft =
  | { readonly type: 'custom'; readonly customType: string; readonly data?: unknown }
  | ({ readonly type: 'custom_message' } & PiCustomMessage)
  | { readonly type: 'context_edit'; readonly targetId: string; readonly replacement: unknown }
  | {
      readonly type: 'compaction';
      readonly summary: string;
      /** `null` keeps nothing from before */
      readonly firstKeptEntryId: string | null;
      readonly details?: unknown;
      readonly usage?: unknown;
    };

export function fromPiDraft(draft: PiDraft): EntryDraft {
  switch (draft.type) {
    case 'custom':
      return { which: 'custom', custom: { customType: draft.customType, dataJson: toOptionalJson(draft.data) } };
    case 'custom_message':
      return { which: 'customMessage', customMessage: fromPiMessage(draft) };
    case 'context_edit': {
      const { targetId, replacement } = draft;
      return { which: 'contextEdit', contextEdit: { targetId, replacementJson: toJson(replacement) } };
    }
    case 'compaction': {
      const { summary, firstKeptEntryId, details, usage } = draft;
      const json = { detailsJson: toOptionalJson(details), usageJson: toOptionalJson(usage) };
      return { which: 'compaction', compaction: { summary, firstKeptEntryId: firstKeptEntryId ?? undefined, ...json } };
    }
  }
}

/** @throws ContractError `invalidInput` where a part isn't JSON */
export function toPiDraft(draft: EntryDraft): PiDraft {
  switch (draft.which) {
    case 'custom':
      return { type: 'custom', customType: draft.custom.customType, ...jsonField('data', draft.custom.dataJson) };
    case 'customMessage':
      return { type: 'custom_message', ...toPiMessage(draft.customMessage) };
    case 'contextEdit': {
      const { targetId, replacementJson } = draft.contextEdit;
      return { type: 'context_edit', targetId, replacement: fromJson(replacementJson, 'the replacement') };
    }
    case 'compaction': {
      const { summary, firstKeptEntryId = null, detailsJson, usageJson } = draft.compaction;
      const json = { ...jsonField('details', detailsJson), ...jsonField('usage', usageJson) };
      return { type: 'compaction', summary, firstKeptEntryId, ...json };
    }
  }
}

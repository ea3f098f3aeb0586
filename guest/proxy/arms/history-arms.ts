/** Compaction and a session's tree. Messages and entries themselves are read with `getEntries`. */
import type { CompactReason, SessionCompactFailed } from '../../../schema/generated/pi-api';
import { field, jsonField } from '../json';
import type { PiEntry } from '../pi';
import { arm, type Arms } from './arm';

/** pi's FileOperations: sets of paths */
interface FileOperations {
  readonly read?: Iterable<string>;
  readonly written?: Iterable<string>;
  readonly edited?: Iterable<string>;
}

interface BeforeCompact {
  readonly preparation: {
    readonly firstKeptEntryId: string;
    readonly messagesToSummarize: readonly unknown[];
    readonly turnPrefixMessages: readonly unknown[];
    readonly isSplitTurn: boolean;
    readonly tokensBefore: number;
    readonly previousSummary?: string;
    readonly fileOps?: FileOperations;
    readonly settings?: { readonly reserveTokens?: number; readonly keepRecentTokens?: number };
  };
  readonly customInstructions?: string;
  readonly reason: CompactReason;
  readonly willRetry: boolean;
}

interface Compacted {
  readonly compactionEntry: {
    readonly id: string;
    readonly summary: string;
    readonly firstKeptEntryId?: string | null;
    readonly tokensBefore: number;
  };
  readonly fromExtension: boolean;
  readonly reason: CompactReason;
  readonly willRetry: boolean;
}

interface BeforeTree {
  readonly preparation: {
    readonly targetId: string;
    readonly oldLeafId: string | null;
    readonly commonAncestorId: string | null;
    readonly entriesToSummarize: readonly PiEntry[];
    readonly userWantsSummary: boolean;
    readonly customInstructions?: string;
    readonly replaceInstructions?: boolean;
    readonly label?: string;
  };
}

interface TreeMoved {
  readonly newLeafId: string | null;
  readonly oldLeafId: string | null;
  readonly summaryEntry?: PiEntry;
  readonly fromExtension?: boolean;
}

export const historyArms: Arms = {
  session_before_compact: arm<BeforeCompact>({
    project: ({ preparation, customInstructions, reason, willRetry }) => ({
      which: 'sessionBeforeCompact',
      sessionBeforeCompact: {
        ...{ reason, willRetry, customInstructions },
        firstKeptEntryId: preparation.firstKeptEntryId,
        tokensBefore: preparation.tokensBefore,
        isSplitTurn: preparation.isSplitTurn,
        messageCount: preparation.messagesToSummarize.length,
        turnPrefixCount: preparation.turnPrefixMessages.length,
        previousSummary: preparation.previousSummary,
        readFiles: [...(preparation.fileOps?.read ?? [])],
        writtenFiles: [...(preparation.fileOps?.written ?? [])],
        editedFiles: [...(preparation.fileOps?.edited ?? [])],
        reserveTokens: preparation.settings?.reserveTokens ?? 0,
        keepRecentTokens: preparation.settings?.keepRecentTokens ?? 0,
      },
    }),
    apply: (response, _event, { tell }) => {
      if (response.which === 'cancel') {
        if (response.cancel.reason !== undefined) tell(response.cancel.reason);
        return { cancel: true };
      }
      if (response.which !== 'compaction') return undefined;
      const { summary, firstKeptEntryId, tokensBefore, usageJson, detailsJson } = response.compaction;
      const json = { ...jsonField('usage', usageJson), ...jsonField('details', detailsJson) };
      return { compaction: { summary, firstKeptEntryId, tokensBefore, ...json } };
    },
    refuse: (why, _event, { tell }) => {
      tell(why);
      return { cancel: true };
    },
  }),
  session_compact: arm<Compacted>({
    project: ({ compactionEntry, fromExtension, reason, willRetry }) => ({
      which: 'sessionCompact',
      sessionCompact: {
        ...{ reason, willRetry, fromExtension, entryId: compactionEntry.id, summary: compactionEntry.summary },
        firstKeptEntryId: compactionEntry.firstKeptEntryId ?? undefined,
        tokensBefore: compactionEntry.tokensBefore,
      },
    }),
  }),
  session_compact_failed: arm<SessionCompactFailed>({
    project: ({ reason, willRetry, fromExtension, aborted, errorMessage }) => ({
      which: 'sessionCompactFailed',
      sessionCompactFailed: { reason, willRetry, fromExtension, aborted, errorMessage },
    }),
  }),
  session_before_tree: arm<BeforeTree>({
    project: ({ preparation }) => ({
      which: 'sessionBeforeTree',
      sessionBeforeTree: {
        targetId: preparation.targetId,
        oldLeafId: preparation.oldLeafId ?? undefined,
        commonAncestorId: preparation.commonAncestorId ?? undefined,
        entryIdsToSummarize: preparation.entriesToSummarize.map(({ id }) => id),
        userWantsSummary: preparation.userWantsSummary,
        customInstructions: preparation.customInstructions,
        replaceInstructions: preparation.replaceInstructions,
        label: preparation.label,
      },
    }),
    apply: (response, _event, { tell }) => {
      if (response.which === 'cancel') {
        if (response.cancel.reason !== undefined) tell(response.cancel.reason);
        return { cancel: true };
      }
      if (response.which !== 'tree') return undefined;
      const { summary, customInstructions, replaceInstructions, label } = response.tree;
      return {
        ...(summary && {
          summary: {
            summary: summary.summary,
            ...jsonField('details', summary.detailsJson),
            ...jsonField('usage', summary.usageJson),
          },
        }),
        ...field('customInstructions', customInstructions),
        ...field('replaceInstructions', replaceInstructions),
        ...field('label', label),
      };
    },
    refuse: (why, _event, { tell }) => {
      tell(why);
      return { cancel: true };
    },
  }),
  session_tree: arm<TreeMoved>({
    project: ({ newLeafId, oldLeafId, summaryEntry, fromExtension }) => ({
      which: 'sessionTree',
      sessionTree: {
        newLeafId: newLeafId ?? undefined,
        oldLeafId: oldLeafId ?? undefined,
        summaryEntryId: summaryEntry?.id,
        fromExtension,
      },
    }),
  }),
};

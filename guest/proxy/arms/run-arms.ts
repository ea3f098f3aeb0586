/** The agent's runs and their turns. */
import { createHash } from 'node:crypto';
import type {
  AgentSettled,
  BoundaryAnswer,
  Outcome,
  PiEventResponse,
  UiPrompt,
} from '../../../schema/generated/pi-api';
import { fromPiContent, textOf } from '../content';
import { fromPiDraft, fromPiMessage, toPiDraft, toPiMessage, type PiDraft } from '../custom-message';
import { field } from '../json';
import type { PiCustomMessage } from '../pi';
import { arm, type Arms } from './arm';
import { toMessage, type PiMessage } from './provider-arms';

interface BeforeStart {
  readonly prompt?: string;
  readonly images?: readonly unknown[];
  readonly systemPrompt: string;
  /** When an extension's message starts the run instead of a prompt */
  readonly message?: PiCustomMessage;
}

interface RunMessage extends PiMessage {
  readonly content?: unknown;
  readonly stopReason?: string;
}

interface Boundary {
  readonly outcome: Outcome;
  readonly entries: readonly PiDraft[];
  readonly continue: boolean;
}

interface TurnEnded extends Boundary {
  readonly turnIndex: number;
  readonly message: PiMessage;
  readonly toolResults: readonly {
    readonly toolCallId: string;
    readonly toolName: string;
    readonly isError: boolean;
  }[];
  readonly messageEntryId: string;
  readonly toolResultEntryIds: readonly string[];
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const boundaryOf = ({ entries, continues }: BoundaryAnswer): object => ({
  ...field('entries', entries?.map(toPiDraft)),
  ...field('continue', continues),
});

const boundary = (response: PiEventResponse): object | undefined =>
  response.which === 'boundary' ? boundaryOf(response.boundary) : undefined;

const joined = (prompt: string, more: string | undefined): string =>
  more === undefined ? prompt : `${prompt}\n\n${more}`;

const promptKind = ({ kind, title }: UiPrompt): UiPrompt => ({ kind, title });

export const runArms: Arms = {
  before_agent_start: arm<BeforeStart>({
    project: ({ prompt, images, systemPrompt, message }) => ({
      which: 'beforeAgentStart',
      beforeAgentStart: {
        prompt: prompt ?? textOf(fromPiContent(message?.content)),
        imageCount: images?.length ?? 0,
        systemPromptDigest: digest(systemPrompt),
        customMessage: message && fromPiMessage(message),
      },
    }),
    apply: (response, event) => {
      if (response.which !== 'beforeAgentStart') return undefined;
      const { message, systemPrompt, appendToSystemPrompt: more } = response.beforeAgentStart;
      const isChanged = systemPrompt !== undefined || more !== undefined;
      return {
        ...(message && { message: toPiMessage(message) }),
        ...(isChanged && { systemPrompt: joined(systemPrompt ?? event.systemPrompt, more) }),
      };
    },
  }),
  agent_start: arm({ project: () => ({ which: 'agentStart', agentStart: {} }) }),
  agent_end: arm<{ readonly messages: readonly RunMessage[] }>({
    project: ({ messages }) => {
      const last = messages.findLast(({ role }) => role === 'assistant');
      return {
        which: 'agentEnd',
        agentEnd: {
          messageCount: messages.length,
          lastAssistantText: last && textOf(fromPiContent(last.content)),
          stopReason: last?.stopReason,
        },
      };
    },
  }),
  agent_before_settle: arm<Boundary>({
    project: ({ outcome, entries, continue: continues }) => ({
      which: 'agentBeforeSettle',
      agentBeforeSettle: { outcome, entries: entries.map(fromPiDraft), continues },
    }),
    apply: boundary,
  }),
  agent_settled: arm<Partial<AgentSettled>>({
    project: ({ aborted }) => ({ which: 'agentSettled', agentSettled: { aborted: aborted === true } }),
  }),
  ui_prompt_start: arm<UiPrompt>({
    project: (event) => ({ which: 'uiPromptStart', uiPromptStart: promptKind(event) }),
  }),
  ui_prompt_end: arm<UiPrompt>({
    project: (event) => ({ which: 'uiPromptEnd', uiPromptEnd: promptKind(event) }),
  }),
  turn_start: arm<{ readonly turnIndex: number; readonly timestamp: number }>({
    project: ({ turnIndex, timestamp }) => ({ which: 'turnStart', turnStart: { turnIndex, atMs: timestamp } }),
  }),
  turn_end: arm<TurnEnded>({
    project: ({ turnIndex, message, toolResults, messageEntryId, toolResultEntryIds, ...rest }) => ({
      which: 'turnEnd',
      turnEnd: {
        ...{ turnIndex, message: toMessage(message), messageEntryId, toolResultEntryIds, outcome: rest.outcome },
        toolResults: toolResults.map(({ toolCallId, toolName, isError }) => ({ toolCallId, toolName, isError })),
        entries: rest.entries.map(fromPiDraft),
        continues: rest.continue,
      },
    }),
    apply: boundary,
  }),
};

/** taskd's events about what an agent does. */
import type { AgentOutput } from '../../../schema/agent-output';
import { capText } from '../../../schema/loose-values';
import type { OutgoingEvent } from '../../../schema/rpc';
import type { TaskdApi } from '../../../schema/taskd-api';

export type TaskEvent = OutgoingEvent<TaskdApi>;

const noticeCap = 8_192;

/** One output of the agent. */
export const output = (payload: AgentOutput): TaskEvent => ({ event: 'agent_output', payload });

/** A line for the person. */
export const notice = (level: 'info' | 'warning' | 'error', text: string): TaskEvent =>
  output({ kind: 'notice', level, text: capText(text, noticeCap) });

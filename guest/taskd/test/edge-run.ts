/** One run of a task, from the records of its pi over the contract to what a page shows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  applyConversationEvent,
  unreadConversation,
  applyConversationRead,
} from '../../../app/store/conversation-state';
import { reduceTaskdEvent } from '../../../main/tasks/reduce-event';
import type { Outcome } from '../../../main/tasks/task-ports';
import { appApi } from '../../../schema/app-api';
import { applyChange, type ConversationItem } from '../../../schema/conversation';
import { encodeFrame } from '../../../schema/jsonl';
import { parsePiRecord } from '../../../schema/pi-records';
import type { Handlers } from '../../../schema/rpc';
import { connect } from '../../../schema/rpc-client';
import { serve } from '../../../schema/rpc-server';
import { taskdApi, type TaskdApi } from '../../../schema/taskd-api';
import { TransportCore, type Transport } from '../../../schema/transport';
import { PiSession } from '../tasks/session';
import { FakePi, parkedAt } from './fake-pi';

const corpora = join(__dirname, '..', '..', '..', 'schema', 'corpus');

/** Every recorded session of a corpus, by its file's name. */
export const recordedSessions = (corpus: string): ReadonlyArray<readonly [string, readonly object[]]> =>
  readdirSync(join(corpora, corpus))
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => {
      const lines = readFileSync(join(corpora, corpus, name), 'utf8').split('\n');
      return [name, lines.filter((line) => line !== '').map((line) => JSON.parse(line) as object)] as const;
    });

/** Two transports whose messages are lines in between, and arrive at once. */
function linePair(): readonly [Transport, Transport] {
  const cores = [new TransportCore(), new TransportCore()] as const;
  const close = (reason = 'closed'): void => cores.forEach((core) => core.markClosed(reason));
  const end = (own: TransportCore, peer: TransportCore): Transport => ({
    send: (message) => {
      if (!own.isClosed) peer.receive(JSON.parse(encodeFrame(message)));
    },
    onMessage: (listener) => own.onMessage(listener),
    onClose: (listener) => own.onClose(listener),
    close,
  });
  return [end(cores[0], cores[1]), end(cores[1], cores[0])];
}

export interface PlayedRun {
  readonly closedBecause: string | null;
  /** As the host keeps them */
  readonly items: readonly ConversationItem[];
  /** As a page shows them */
  readonly shown: readonly ConversationItem[];
  readonly ends: readonly Outcome[];
  /** Changes that the page's contract does not know */
  readonly refused: number;
}

const promptId = 'p1';

/** Plays the records of one run, and answers with what became of it on each side. */
export function playRun(records: readonly object[]): PlayedRun {
  const [guestEnd, hostEnd] = linePair();
  const served = serve(taskdApi, {} as Handlers<TaskdApi>, guestEnd);
  const host = connect(taskdApi, hostEnd);
  let closedBecause: string | null = null;
  host.onClose((reason) => (closedBecause = reason));

  let items: readonly ConversationItem[] = [{ id: `prompt-${promptId}`, at: 0, kind: 'user', text: 'go', promptId }];
  let page = applyConversationRead(unreadConversation, { items: [...items], revision: 0 });
  let revision = 0;
  let refused = 0;
  const ends: Outcome[] = [];
  host.onEvent((event) => {
    const { changes, input } = reduceTaskdEvent(items, { run: promptId, process: 1 }, event);
    if (input?.kind === 'run-ended') ends.push(input.outcome);
    if (changes.length === 0) return;
    items = changes.reduce(applyChange, items);
    revision += changes.length;
    const payload = appApi.events['task.conversation'].safeParse({ taskId: 'task-1', revision, changes });
    if (payload.success) page = applyConversationEvent(page, payload.data);
    else refused += 1;
  });

  const pi = new FakePi();
  const session = new PiSession(1, parkedAt(pi, '/nowhere'), {
    emit: (event) => served.emit(event),
    settled: (isAborted) => served.emit({ event: 'agent_settled', payload: { promptId, isAborted } }),
  });
  for (const record of records) session.process.onRecord(parsePiRecord(record));
  session.dialogs.cancelAll('task_ended');
  return { closedBecause, items, shown: page.items, ends, refused };
}

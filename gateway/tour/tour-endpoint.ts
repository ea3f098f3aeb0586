/** Serves the tour model over HTTP, as if it were an OpenAI-compatible provider. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { readBody } from '../read-body';
import { refuse } from '../refusal';
import { completionObject, completionPieces, type Completion, type Piece } from './completion';
import { completionRequest, readConversation } from './conversation';
import { nextTurn, type Turn } from './next-turn';
import { scenarios } from './scenarios';

export interface TourOptions {
  /** Factor for every pause between pieces; 0 streams without pauses */
  readonly pace: number;
}

const sendJson = (response: ServerResponse, value: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the schema refuses `undefined` with the right answer.
    return undefined;
  }
};

/** Cuts after the first words, when the client has already accepted the answer. */
const beforeCut = (pieces: readonly Piece[]): readonly Piece[] => pieces.slice(0, 4);

async function stream(response: ServerResponse, turn: Turn, completion: Completion, pace: number): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  const pieces = completionPieces(turn, completion);
  for (const { delayMs, data } of turn.fault?.kind === 'cut' ? beforeCut(pieces) : pieces) {
    // The pause ends early when the client leaves.
    if (delayMs * pace > 0) await delay(delayMs * pace, undefined, { signal: gone.signal }).catch(() => undefined);
    if (gone.signal.aborted) return;
    await new Promise((written) => response.write(data, written));
  }
  if (turn.fault?.kind === 'cut') response.destroy();
  else response.end();
}

/** Answers `GET /models` and `POST /chat/completions`; the caller has checked token and path. */
export async function serveTour(
  request: IncomingMessage,
  response: ServerResponse,
  { pace }: TourOptions,
): Promise<void> {
  if (request.method === 'GET') {
    sendJson(response, { object: 'list', data: [{ id: 'tour', object: 'model', created: 0, owned_by: 'piwork' }] });
    return;
  }
  const body = await readBody(request);
  if (body === null) {
    refuse(response, { status: 413, code: 'too_large', message: 'The conversation is too large for one request.' });
    return;
  }
  const parsed = completionRequest.safeParse(parseJson(body));
  if (!parsed.success) {
    refuse(response, { status: 400, code: 'invalid_request', message: "The body isn't a chat-completions request." });
    return;
  }
  const conversation = readConversation(parsed.data);
  const turn = nextTurn(scenarios, conversation);
  if (turn.fault?.kind === 'status') {
    const { status } = turn.fault;
    refuse(response, { status, code: 'tour_error', message: turn.text });
    return;
  }
  const completion = {
    id: randomBytes(9).toString('hex'),
    created: Math.floor(Date.now() / 1000),
    promptLength: conversation.length,
  };
  if (parsed.data.stream === true) await stream(response, turn, completion, pace);
  else sendJson(response, completionObject(turn, completion));
}

/**
 * Events of a chat completion whose form the agent could not read, in the form that it reads. What the model says
 * stays: a call gets a number of its own, text in parts becomes text, and so on. Every other byte passes as it came.
 */

type Fields = Record<string, unknown>;

interface OpenCall {
  readonly id: string;
  /** The number that the agent gets */
  readonly index: number;
  args: string;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (parts: readonly unknown[]): string =>
  parts.map((part) => (isFields(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');

const isWholeJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Changes events in place; each method answers whether it changed something. */
class EventRepair {
  /** By the provider's number: the call that was told last under it */
  readonly #calls = new Map<number, OpenCall>();
  #count = 0;
  #hasRefused = false;

  repair(event: unknown): boolean {
    const [choice] = isFields(event) && Array.isArray(event['choices']) ? (event['choices'] as unknown[]) : [];
    if (!isFields(choice)) return false;
    const delta = choice['delta'];
    const changes = isFields(delta) ? [this.#content(delta), this.#refusal(delta), this.#toolCalls(delta)] : [];
    return [...changes, this.#finish(choice)].includes(true);
  }

  #content(delta: Fields): boolean {
    const { content } = delta;
    if (!Array.isArray(content)) return false;
    delta['content'] = textOf(content);
    return true;
  }

  /** The words of a refusal are the model's; its end says what they are. */
  #refusal(delta: Fields): boolean {
    const { refusal, content } = delta;
    if (typeof refusal !== 'string' || refusal === '') return false;
    this.#hasRefused = true;
    delta['content'] = (typeof content === 'string' ? content : '') + refusal;
    return true;
  }

  #finish(choice: Fields): boolean {
    if (!this.#hasRefused || choice['finish_reason'] !== 'stop') return false;
    choice['finish_reason'] = 'refusal';
    return true;
  }

  #toolCalls(delta: Fields): boolean {
    const calls: unknown = delta['tool_calls'];
    if (!Array.isArray(calls)) return false;
    return calls.map((call) => isFields(call) && this.#toolCall(call)).includes(true);
  }

  #toolCall(call: Fields): boolean {
    const own = isFields(call['function']) ? call['function'] : {};
    const given = own['arguments'];
    const isObject = isFields(given);
    if (isObject) own['arguments'] = JSON.stringify(given);
    const { index, id } = call;
    if (typeof index !== 'number') return isObject;
    const args = typeof own['arguments'] === 'string' ? own['arguments'] : '';
    const open = this.#callOf(
      index,
      typeof id === 'string' ? id : '',
      typeof own['name'] === 'string' && own['name'] !== '',
    );
    open.args += args;
    if (open.index === index) return isObject;
    call['index'] = open.index;
    return true;
  }

  /** A new id and a name under a number whose call is whole begin another call. */
  #callOf(index: number, id: string, isNamed: boolean): OpenCall {
    const known = this.#calls.get(index);
    const isAnother = known && isNamed && id !== '' && id !== known.id && isWholeJson(known.args);
    if (known && !isAnother) return known;
    const call = { id, index: known ? Math.max(this.#count, index + 1) : index, args: '' };
    this.#count = Math.max(this.#count, call.index + 1);
    this.#calls.set(index, call);
    return call;
  }
}

const dataLine = /^data: ?(\{.*\})\r?\n?$/s;

function repaired(line: Buffer, repair: EventRepair): Buffer {
  const found = dataLine.exec(line.toString('utf8'));
  if (!found) return line;
  try {
    const event: unknown = JSON.parse(found[1] ?? '');
    return repair.repair(event) ? Buffer.from(`data: ${JSON.stringify(event)}\n`) : line;
  } catch {
    // One event over several lines, or none at all.
    return line;
  }
}

/** A longer line isn't an event of a chat */
const lineCapBytes = 16 * 1024 * 1024;

/** The stream with its events repaired, line by line. */
export async function* repairEvents(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const repair = new EventRepair();
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, from)) {
      yield repaired(Buffer.concat([...held, chunk.subarray(from, at + 1)]), repair);
      held = [];
      bytes = 0;
      from = at + 1;
    }
    if (from === chunk.length) continue;
    held.push(chunk.subarray(from));
    bytes += chunk.length - from;
    if (bytes <= lineCapBytes) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

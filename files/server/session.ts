/** One connection of the guest's kernel, from its INIT to the end of the stream. */
import type { Duplex } from 'node:stream';
import { Errno, type ErrnoCode, errnoOf } from '../folder/errno';
import { exactTimes } from '../times/exact-times';
import type { Binding } from './bindings';
import { opcode, rootNodeId } from './fuse-protocol';
import { initBody, invalidateEntryMessage, replyHeader } from './fuse-replies';
import { bodyOf, readHeader, readInit, type RequestHeader } from './fuse-requests';
import { linuxErrno } from './linux-errno';
import { MessageReader } from './message-reader';
import { MessageSplitter } from './message-stream';
import { operations } from './operations/table';
import { type Body, emptyBody, type SessionContext } from './session-context';

/** When this many bytes of replies are unread, no request is read until the guest has caught up. */
const maxUnreadBytes = 16 << 20;
const silent: ReadonlySet<number> = new Set([opcode.forget, opcode.batchForget, opcode.interrupt]);

/** Nobody waits for the answer to a release: it is sent with the next answer, or after this time. */
const unhurriedMs = 5;

/** @param notify sends the kernel a notification */
export type NewContext = (notify: (message: Buffer) => void) => SessionContext;

export class Session {
  readonly #stream: Duplex;
  readonly #newContext: () => SessionContext;
  #context: SessionContext;
  readonly #log: (line: string) => void;
  readonly #splitter = new MessageSplitter();
  #isReady = false;
  #isClosed = false;
  #unhurried: Buffer[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(stream: Duplex, newContext: NewContext, log: (line: string) => void) {
    this.#stream = stream;
    this.#newContext = () => newContext((message) => this.#notify(message));
    this.#context = this.#newContext();
    this.#log = log;
    stream.on('data', this.#receive);
    stream.on('drain', this.#resume);
    stream.once('end', this.close);
    stream.once('close', this.close);
    stream.once('error', this.close);
  }

  /** Releases everything the guest had open; nothing is answered. */
  readonly close = (): void => {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#stream.off('data', this.#receive);
    this.#stream.off('drain', this.#resume);
    // Errors of replies that are still being sent don't matter now.
    this.#stream.on('error', () => undefined);
    this.#stream.destroy();
    this.#letGo();
  };

  /** A folder is no longer bound: its held requests are released, and the kernel forgets its name. */
  dropBinding(binding: Binding): void {
    const { nodes, held, handles, bindings, watches } = this.#context;
    watches.dropBinding(binding);
    held.letGo(new Errno('ESTALE'), binding);
    handles.closeAll((handle) => handle.node.binding === binding);
    const task = nodes.knownTask(binding.taskId);
    if (!task) return;
    this.#notify(invalidateEntryMessage(task.id, binding.area));
    if (!bindings.has(binding.taskId)) this.#notify(invalidateEntryMessage(rootNodeId, binding.taskId));
  }

  readonly #receive = (chunk: Buffer): void => {
    // Requests that arrive together are answered together: each write wakes QEMU and interrupts the guest.
    this.#stream.cork();
    try {
      for (const message of this.#splitter.push(chunk)) {
        this.#handle(message);
        if (this.#isClosed) return;
      }
    } catch (error) {
      this.#log(`files: ${String(error)}; the connection is closed`);
      this.close();
    } finally {
      this.#stream.uncork();
    }
  };

  readonly #resume = (): void => {
    this.#stream.resume();
  };

  #handle(message: Buffer): void {
    const header = readHeader(message);
    try {
      const body = this.#answer(header, new MessageReader(bodyOf(message)));
      if (body instanceof Promise) this.#answerLater(header, body);
      else this.#reply(header, body);
    } catch (error) {
      this.#fail(header, error);
    }
  }

  /**
   * A later mount numbers its requests from the start again: an answer for the earlier mount would match another
   * request.
   */
  #answerLater(header: RequestHeader, body: Promise<Body>): void {
    const context = this.#context;
    body.then(
      (done) => {
        if (context === this.#context) this.#reply(header, done);
      },
      (error: unknown) => {
        if (context === this.#context) this.#fail(header, error);
      },
    );
  }

  #answer(header: RequestHeader, body: MessageReader): Body | Promise<Body> {
    if (header.opcode === opcode.init) return this.#init(body);
    // A kernel that kept its mount over a restart of the server knows only outdated nodes.
    if (!this.#isReady) throw new Errno('ENOTCONN');
    if (header.opcode === opcode.interrupt) {
      this.#context.held.interrupt(body.u64());
      return null;
    }
    if (header.opcode === opcode.destroy) {
      this.#startAnew();
      return emptyBody;
    }
    const operation = operations.get(header.opcode);
    if (!operation) throw new Errno('ENOSYS');
    return operation(this.#context, { header, body });
  }

  #init(body: MessageReader): Body {
    const { major, minor, maxReadahead, flags } = readInit(body);
    if (major !== 7 || minor < 31) throw new Errno('EPROTO');
    // The stream outlives the pump in the guest: when the pump starts again, it mounts again.
    this.#startAnew();
    this.#isReady = true;
    return initBody(flags, maxReadahead, exactTimes.isAvailable ? 1 : 1000);
  }

  #startAnew(): void {
    this.#letGo();
    this.#context = this.#newContext();
  }

  #letGo(): void {
    this.#isReady = false;
    this.#context.held.letGo(new Errno('ENOTCONN'));
    this.#context.handles.closeAll();
    this.#context.watches.close();
  }

  #fail(header: RequestHeader, error: unknown): void {
    const code: ErrnoCode = errnoOf(error);
    if (code === 'EIO') this.#log(`files: request ${header.opcode} failed: ${String(error)}`);
    if (silent.has(header.opcode)) return;
    this.#send(replyHeader(header.unique, linuxErrno(code), 0));
  }

  #reply(header: RequestHeader, body: Body): void {
    if (!body) return;
    const reply = replyHeader(header.unique, 0, body.length);
    if (header.opcode === opcode.release) this.#sendSoon(reply);
    else this.#send(reply, body);
  }

  #notify(message: Buffer): void {
    if (this.#isReady) this.#send(message);
  }

  #sendSoon(reply: Buffer): void {
    this.#unhurried.push(reply);
    this.#timer ??= setTimeout(() => this.#send(), unhurriedMs);
  }

  #send(...parts: readonly Buffer[]): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const earlier = this.#unhurried.splice(0);
    if (this.#isClosed) return;
    this.#stream.cork();
    for (const part of [...earlier, ...parts]) if (part.length > 0) this.#stream.write(part);
    this.#stream.uncork();
    if (this.#stream.writableLength > maxUnreadBytes) this.#stream.pause();
  }
}

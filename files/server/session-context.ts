/** What every operation works on. */
import type { Bindings } from './bindings';
import type { RequestHeader } from './fuse-requests';
import type { HeldRequests } from './held-requests';
import type { Gate } from './intended-change';
import type { Listings } from './listings';
import type { MessageReader } from './message-reader';
import type { NodeTable } from './node-table';
import type { OpenHandles } from './open-handles';
import type { RecentRetries } from './recent-retries';
import type { Watches } from './watches';

export interface SessionContext {
  /** The owner of every file, as the guest sees it */
  readonly uid: number;
  readonly gid: number;
  readonly gate: Gate | null;
  readonly cacheSeconds: number;
  readonly maxNodes: number;
  readonly bindings: Bindings;
  readonly nodes: NodeTable;
  readonly handles: OpenHandles;
  readonly held: HeldRequests;
  readonly listings: Listings;
  readonly watches: Watches;
  readonly retries: RecentRetries;
}

export interface Call {
  readonly header: RequestHeader;
  readonly body: MessageReader;
}

/** The body of the reply, or `null` when the kernel expects no reply. */
export type Body = Buffer | null;

/** Throws an `Errno` for an error reply. */
export type Operation = (context: SessionContext, call: Call) => Body | Promise<Body>;

export const emptyBody = Buffer.alloc(0);

/** Shorter code: structs without every field, and objects that serve only some methods of an interface. */
import type { StructCodec } from './codec';
import { MessageView } from './message-view';

/** The given fields, and the schema's defaults for the others: `withDefaults(toolResultCodec, { content })`. */
export function withDefaults<T extends object>(codec: StructCodec<T>, fields: Partial<T>): T {
  const message = new MessageView([]);
  const segment = new DataView(new ArrayBuffer(0));
  const nothing = { message, segment, data: 0, dataBytes: 0, pointers: 0, pointerCount: 0, depth: 0 };
  return { ...codec.read(nothing), ...fields };
}

/** An object for the other side to call. Methods that aren't given fail with `unimplemented`. */
export const servingOnly = <T extends object>(methods: Partial<T>): T => methods as T;

/**
 * `files-api`: main ↔ the worker thread of the file server.
 *
 * | method         | effect                                                                         |
 * |----------------|--------------------------------------------------------------------------------|
 * | files.listen   | waits on a unix socket for QEMU's end of the guest's port, one start after another |
 * | files.serve    | shows the guest a task's folders, each with its right; the ones before are withdrawn |
 * | files.withdraw | shows the guest nothing of a task any more                                     |
 *
 * | event     | says                                                    |
 * |-----------|---------------------------------------------------------|
 * | files.log | a fault of the server itself, for the host's log        |
 */
import { z } from 'zod';
import { taskId } from '../../schema/ids';
import { method, type Contract } from '../../schema/rpc';

const nothing = z.strictObject({});

/** What the guest can be shown of a task. */
export const servedArea = z.enum(['folder', 'outputs', 'uploads', 'session']);
export type ServedArea = z.output<typeof servedArea>;

export const servedFolder = z.strictObject({
  area: servedArea,
  /** Absolute, and checked by who asks */
  path: z.string(),
  isWritable: z.boolean(),
});
export type ServedFolder = z.output<typeof servedFolder>;

export const filesApi = {
  methods: {
    'files.listen': method(z.strictObject({ socket: z.string() }), nothing),
    'files.serve': method(z.strictObject({ taskId, folders: z.array(servedFolder) }), nothing),
    'files.withdraw': method(z.strictObject({ taskId }), nothing),
  },
  events: {
    'files.log': z.object({ line: z.string() }),
  },
} satisfies Contract;

export type FilesApi = typeof filesApi;

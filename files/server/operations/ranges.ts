/** Requests about ranges of open files: LSEEK, FALLOCATE, COPY_FILE_RANGE. */
import { setImmediate as turn } from 'node:timers/promises';
import { Errno } from '../../folder/errno';
import { isSparse, nextData, nextHole, readPieces } from '../../folder/holes';
import { allocateFlag, seekFrom } from '../fuse-protocol';
import { offsetBody, writeBody } from '../fuse-replies';
import { readCopyRange, readFallocate, readLseek } from '../fuse-requests';
import type { OpenHandle } from '../nodes';
import { emptyBody, type Operation } from '../session-context';
import { tell } from './files';
import { gatedContent } from './gated';

/** Written or read before others are served. */
const stepBytes = 4 << 20;
/** The most that one COPY_FILE_RANGE copies; programs ask for the rest. */
const copiedBytes = 8 << 20;

/**
 * @throws Errno `ENXIO` behind the end. `EINVAL` while the guest has the file open for writing: its kernel may have data
 * that was never sent, which would look like a hole. Programs then look at the content themselves.
 */
export const lseek: Operation = (context, { body }) => {
  const { handle, offset, whence } = readLseek(body);
  if (whence !== seekFrom.data && whence !== seekFrom.hole) throw new Errno('EINVAL');
  const { file, node } = context.handles.get(handle);
  if ([...node.handles].some(({ isWritable }) => isWritable)) throw new Errno('EINVAL');
  const { size } = file.status();
  if (offset >= size) throw new Errno('ENXIO');
  if (whence === seekFrom.hole) return offsetBody(nextHole(file, offset));
  const data = nextData(file, offset);
  if (data >= size) throw new Errno('ENXIO');
  return offsetBody(data);
};

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Node can't ask the system for any of this. Space is allocated by writing zeros where nothing is, and freed only where a
 * hole reaches the end of the file; elsewhere a hole is zeros too.
 *
 * @throws Errno `EOPNOTSUPP` for space behind the end that doesn't change the size, and for other modes
 */
export const fallocate: Operation = (context, call) => {
  const { handle: id, offset, length, mode } = readFallocate(call.body);
  const handle = context.handles.get(id);
  if (!handle.isWritable) throw new Errno('EBADF');
  const range = { from: offset, to: offset + length };
  if (!Number.isSafeInteger(range.to)) throw new Errno('EFBIG');
  const act = actOf(mode);
  return gatedContent(context, call, handle, async () => {
    await act(handle, range);
    return emptyBody;
  });
};

type Act = (handle: OpenHandle, range: Range) => Promise<void>;

function actOf(mode: number): Act {
  const { keepSize, punchHole, zeroRange } = allocateFlag;
  if (mode === 0) return allocate;
  if (mode === (punchHole | keepSize)) return punch;
  if (mode === zeroRange) return zeroAndGrow;
  if (mode === (zeroRange | keepSize)) return zero;
  throw new Errno('EOPNOTSUPP');
}

/** On a full disk the file gets its earlier size back. */
const allocate: Act = async (handle, { from, to }) => {
  const { size } = handle.file.status();
  const { freeBlocks, blockSize } = handle.node.binding.files.space();
  if (to - Math.max(from, size) > freeBlocks * blockSize) throw new Errno('ENOSPC');
  try {
    if (isSparse(handle.file.status())) await overwrite(handle, { from, to: Math.min(to, size) }, true);
    for (let at = Math.max(from, size); at < to; at += stepBytes) {
      write(handle, Buffer.alloc(Math.min(stepBytes, to - at)), at);
      await turn();
    }
  } catch (error) {
    if (handle.file.status().size > size) handle.file.setSize(size);
    tell(handle);
    throw error;
  }
};

const punch: Act = async (handle, { from, to }) => {
  const { size } = handle.file.status();
  if (from >= size) return;
  if (to < size) return overwrite(handle, { from, to }, false);
  handle.file.setSize(from);
  handle.file.setSize(size);
  tell(handle);
};

const zero: Act = (handle, { from, to }) =>
  overwrite(handle, { from, to: Math.min(to, handle.file.status().size) }, false);

const zeroAndGrow: Act = async (handle, range) => {
  await zero(handle, range);
  await allocate(handle, range);
};

/** Writes zeros over what is a hole, or over what isn't. Others are served in between. */
async function overwrite(handle: OpenHandle, { from, to }: Range, isHole: boolean): Promise<void> {
  for (let at = from; at < to; at += stepBytes) {
    for (const piece of readPieces(handle.file, at, Math.min(to, at + stepBytes)))
      if (piece.isHole === isHole) write(handle, Buffer.alloc(piece.bytes.length), piece.at);
    await turn();
  }
}

function write(handle: OpenHandle, bytes: Buffer, at: number): void {
  try {
    handle.file.write(bytes, at);
  } finally {
    tell(handle);
  }
}

/** The content doesn't go through the guest. Fewer bytes than asked for are copied when there are many. */
export const copyRange: Operation = (context, call) => {
  const { from, to, length, flags } = readCopyRange(call.body);
  if (flags !== 0) throw new Errno('EINVAL');
  const source = context.handles.get(from.handle);
  const target = context.handles.get(to.handle);
  if (!target.isWritable) throw new Errno('EBADF');
  return gatedContent(context, call, target, () => {
    const bytes = Buffer.allocUnsafe(Math.min(length, copiedBytes));
    const read = context.handles.get(from.handle).file.read(bytes, from.offset);
    if (read > 0) write(target, bytes.subarray(0, read), to.offset);
    if (source.node === target.node) tell(source);
    return writeBody(read);
  });
};

/** An overlay on disk: one line for each name that came to differ, in order. A torn last line is dropped. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Names } from '../folder/folder-files';
import { replaceFile } from '../../node/replace-file';
import { newNode, OverlayTree, type OverlayNode } from './overlay-tree';

const bigint = z
  .string()
  .regex(/^-?\d{1,20}$/)
  .transform(BigInt);
const names = z.array(z.string().min(1)).readonly();
const origin = z
  .object({ names, dev: bigint, ino: bigint, size: z.number().nonnegative(), mtimeNs: bigint })
  .nullable();
const base = z.discriminatedUnion('from', [
  // Older lines lack it.
  z.object({ from: z.literal('folder'), names, replaces: origin.default(null) }),
  z.object({
    from: z.literal('store'),
    id: z.string().regex(/^\d+$/),
    kind: z.enum(['file', 'directory', 'symlink', 'other']),
    origin,
    replaces: origin,
  }),
]);
const line = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('put'),
    names,
    base,
    mode: z.number().int().nullable(),
    atimeNs: bigint.optional(),
    mtimeNs: bigint.optional(),
  }),
  z.object({ op: z.literal('hide'), names }),
  z.object({ op: z.literal('forget'), names }),
]);
type Line = z.output<typeof line>;

const encode = (entry: object): string =>
  `${JSON.stringify(entry, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}\n`;

const putLine = (at: Names, { base: of, mode, times }: OverlayNode): object => ({
  op: 'put',
  names: at,
  base: of,
  mode,
  ...times,
});

/** All properties of a node: a move keeps them. */
function linesOf(at: Names, node: OverlayNode | null): object[] {
  if (!node) return [{ op: 'hide', names: at }];
  return [putLine(at, node), ...[...node.entries].flatMap(([name, child]) => linesOf([...at, name], child))];
}

function apply(tree: OverlayTree, entry: Line): void {
  if (entry.op === 'hide') return tree.hide(entry.names, true);
  if (entry.op === 'forget') return tree.forget(entry.names);
  const { base: of, mode, atimeNs, mtimeNs } = entry;
  const node: OverlayNode = {
    ...newNode(of),
    mode,
    times: { ...(atimeNs !== undefined && { atimeNs }), ...(mtimeNs !== undefined && { mtimeNs }) },
  };
  tree.put(entry.names, node);
}

export class OverlayLog {
  constructor(private readonly path: string) {}

  /** @throws Error naming the line that can't be read */
  load(): OverlayTree {
    const tree = new OverlayTree();
    if (!existsSync(this.path)) return tree;
    const text = readFileSync(this.path, 'utf8');
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
    for (const [index, written] of lines.entries()) {
      if (written === '') continue;
      const read = line.safeParse(tryParse(written));
      if (!read.success) throw new Error(`line ${index + 1} of ${this.path} can't be read`);
      apply(tree, read.data);
    }
    return tree;
  }

  put(at: Names, node: OverlayNode): void {
    appendFileSync(this.path, linesOf(at, node).map(encode).join(''), { mode: 0o600 });
  }

  hide(at: Names, isBelow: boolean): void {
    appendFileSync(this.path, encode({ op: isBelow ? 'hide' : 'forget', names: at }), { mode: 0o600 });
  }

  /** Replaces everything written before with the present tree. */
  async rewrite(tree: OverlayTree): Promise<void> {
    const entries = [...tree.root.entries].flatMap(([name, node]) => linesOf([name], node));
    await replaceFile(this.path, entries.map(encode).join(''), 0o600);
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

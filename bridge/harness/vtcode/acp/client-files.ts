/** Files that VTCode reads through its client: only those in its working folder. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { ContractError } from '../../../../schema/capnp/contract-error';

export interface WantedText {
  readonly path: string;
  /** First line, counted from 1 */
  readonly line?: number | null | undefined;
  /** Number of lines */
  readonly limit?: number | null | undefined;
}

/** For a file that is returned whole, in `bytes` */
const capBytes = 4 * 1024 * 1024;

/**
 * @throws ContractError `denied` outside the folder, also through a link, and for a file that is too large; `notFound`
 */
export async function readForVtcode(folder: string, { path, line, limit }: WantedText): Promise<{ content: string }> {
  const missing = (cause: unknown): never => {
    throw new ContractError('notFound', `${path} doesn't exist.`, { cause });
  };
  const root = await realpath(folder);
  const real = await realpath(resolve(root, path)).catch(missing);
  const inner = relative(root, real);
  if (inner === '..' || inner.startsWith(`..${sep}`) || resolve(root, inner) !== real) {
    throw new ContractError('denied', `${path} is outside the folder.`);
  }
  const { size } = await stat(real).catch(missing);
  if (size > capBytes) throw new ContractError('denied', `${path} is too large to read: ${size} bytes.`);
  const text = await readFile(real, 'utf8').catch(missing);
  if (line == null && limit == null) return { content: text };
  const from = Math.max((line ?? 1) - 1, 0);
  return {
    content: text
      .split('\n')
      .slice(from, limit == null ? undefined : from + limit)
      .join('\n'),
  };
}

/** Copies a file of a task's folder to a place of the host's own, from one handle: no swap of names gets between. */
import { Errno } from '../folder/errno';
import { copyContent } from '../folder/file-content';
import { inFolder } from './one-folder';

export interface CopyOut {
  readonly root: string;
  readonly names: readonly string[];
  /** A folder that no guest sees */
  readonly to: string;
  readonly name: string;
  readonly cap: number;
}

const readOnly = 0o400;

/** @throws Errno when it's no regular file, or larger than `cap` */
export const copyOut = ({ root, names, to, name, cap }: CopyOut): void =>
  inFolder(root, (files) => {
    const from = files.openFile([...names], { isWritable: false });
    try {
      if (from.status().size > cap) throw new Errno('EFBIG');
      inFolder(to, (host) => {
        const copy = host.createFile([name], readOnly);
        try {
          copyContent(from, copy);
        } finally {
          copy.close();
        }
      });
    } finally {
      from.close();
    }
  });

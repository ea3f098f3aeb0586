/** What programs in the guest do to a journaled folder, with a question for each change as in the file server. */
import type { ApprovalKind } from '../../../schema/approvals';
import { Errno } from '../../folder/errno';
import { exchangeNames } from '../../folder/exchange-names';
import { copyContent } from '../../folder/file-content';
import type { FolderFiles, Names, OpenFile } from '../../folder/folder-files';
import { statusIfThere } from '../../folder/status-if-there';
import type { Journal } from '../../journal/journal';
import type { ChangeKind, IntendedChange } from '../../server/intended-change';
import { questionFor } from '../held-acts';
import type { Ownership } from '../ownership';

const namesOf = (path: string): Names => path.split('/').filter((name) => name !== '');
const caller = { pid: 7, uid: 1000 };

export interface Question {
  readonly kind: ApprovalKind;
  readonly path: string;
  /** The other name of an exchange */
  readonly other: string | null;
}

export interface Act {
  readonly kind: ChangeKind;
  readonly path: string;
  readonly to: string | null;
  readonly isAsked: boolean;
}

/** Sees every act that happens. */
export interface Observer {
  before(): void;
  after(act: Act): void;
}

export class Guest {
  /** Every question so far, such as `delete a.txt` */
  readonly asked: string[] = [];

  /** @param answer what the person says; `false` fails the act with `EPERM` */
  constructor(
    private readonly journal: () => Journal,
    private readonly ownership: (journal: Journal) => Ownership,
    private readonly answer: (question: Question) => boolean = () => false,
    private readonly observer: Observer | null = null,
    private readonly seen: () => FolderFiles = () => journal().folder('folder'),
  ) {}

  get files(): FolderFiles {
    return this.seen();
  }

  /** `unlink` */
  remove(path: string): void {
    this.#act('remove', path, () => this.files.removeFile(namesOf(path)));
  }

  removeDirectory(path: string): void {
    this.#act('removeDirectory', path, () => this.files.removeDirectory(namesOf(path)));
  }

  /** `rm -rf` of a directory */
  removeAll(path: string): void {
    for (const { name, kind } of this.files.list(namesOf(path))) {
      if (kind === 'directory') this.removeAll(`${path}/${name}`);
      else this.remove(`${path}/${name}`);
    }
    this.removeDirectory(path);
  }

  rename(from: string, to: string): void {
    const rename = (): void => this.files.rename(namesOf(from), namesOf(to), { onExisting: 'replace' });
    this.#act('rename', from, rename, to);
  }

  exchange(one: string, other: string): void {
    this.#act('exchange', one, () => exchangeNames(this.files, namesOf(one), namesOf(other)), other);
  }

  link(existing: string, path: string): void {
    this.#act('makeHardLink', existing, () => this.files.makeHardLink(namesOf(existing), namesOf(path)), path);
  }

  symlink(target: string, path: string): void {
    this.files.makeSymlink(namesOf(path), target);
  }

  makeDirectory(path: string): void {
    this.files.makeDirectory(namesOf(path), 0o755);
  }

  create(path: string, content: string): void {
    closing(this.files.createFile(namesOf(path), 0o644), (file) => file.write(Buffer.from(content), 0));
  }

  /** `echo … > file` for a file that exists */
  overwrite(path: string, content: string): void {
    const file = this.files.openFile(namesOf(path), { isWritable: true });
    const write = (): void => {
      file.setSize(0);
      file.write(Buffer.from(content), 0);
    };
    closing(file, () => this.#act('content', path, write));
  }

  copy(from: string, to: string): void {
    closing(this.files.openFile(namesOf(from), { isWritable: false }), (source) =>
      closing(this.files.createFile(namesOf(to), 0o644), (target) => copyContent(source, target)),
    );
  }

  /** `cp -r` of a directory, without links */
  copyAll(from: string, to: string): void {
    if (to.startsWith(`${from}/`)) throw new Errno('EINVAL');
    this.makeDirectory(to);
    for (const { name, kind } of this.files.list(namesOf(from))) {
      if (kind === 'directory') this.copyAll(`${from}/${name}`, `${to}/${name}`);
      else if (kind === 'file') this.copy(`${from}/${name}`, `${to}/${name}`);
    }
  }

  /** `sed -i`, `os.replace`, an editor: a new file takes the place of the old one. */
  save(path: string, content: string): void {
    this.create(`${path}.tmp`, content);
    this.rename(`${path}.tmp`, path);
  }

  #act(kind: ChangeKind, path: string, act: () => void, to: string | null = null): void {
    const question = questionFor(this.#intended(kind, path, to), this.ownership(this.journal()));
    if (question !== null) {
      this.asked.push(`${question} ${path}`);
      if (!this.answer({ kind: question, path, other: kind === 'exchange' ? to : null })) throw new Errno('EPERM');
    }
    this.observer?.before();
    act();
    this.observer?.after({ kind, path, to, isAsked: question !== null });
  }

  #intended(kind: ChangeKind, path: string, to: string | null): IntendedChange {
    const names = namesOf(path);
    const common = { kind, taskId: 't', area: 'folder', caller, names } as const;
    const status = statusIfThere(this.files, names);
    if (to === null) return { ...common, status };
    return { ...common, status, to: namesOf(to), target: statusIfThere(this.files, namesOf(to)) };
  }
}

function closing(file: OpenFile, act: (file: OpenFile) => void): void {
  try {
    act(file);
  } finally {
    file.close();
  }
}

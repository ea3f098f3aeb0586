/** Finds out before a change whether programs of this computer would run the result by themselves. */
import { readStart } from '../folder/file-content';
import type { FileStatus, FolderFiles, Names } from '../folder/folder-files';
import type { IntendedChange } from '../server/intended-change';
import { gitConfigRuns, runningBelow, runningName, type RunningName } from './running-names';

/** A larger file, or more names in a folder that is moved, are asked about without a look */
const lookedAt = { bytes: 65_536, names: 2_000 };

const sentence = (names: Names, { effect }: RunningName): string => `Change ${names.join('/')} so that ${effect}?`;

/** A question about the change, for a person; `null` when nothing would run. */
export function runningQuestion(change: IntendedChange, files: FolderFiles): string | null {
  const { kind, names, to, status } = change;
  switch (kind) {
    case 'create':
    case 'content':
      return ofFile(names);
    case 'makeSymlink': {
      const below = runningName(names) ?? runningBelow(names);
      return below && sentence(names, below);
    }
    case 'makeHardLink':
      return to ? (ofFile(to) ?? ofFile(names)) : ofFile(names);
    case 'rename':
      return to ? ofRenamed(names, to, status, files) : null;
    case 'exchange':
      if (!to) return null;
      return ofRenamed(names, to, status, files) ?? ofRenamed(to, names, change.target ?? null, files);
    case 'makeDirectory':
    case 'remove':
    case 'removeDirectory':
    case 'mode':
    case 'times':
      return null;
  }
}

function ofFile(names: Names): string | null {
  const running = runningName(names);
  return running && sentence(names, running);
}

/** git writes its settings beside the file and renames them, so what they would be is there to read. */
function ofMoved(from: Names, to: Names, files: FolderFiles): string | null {
  const running = runningName(to);
  if (!running || (running.isGitConfig && !runsPrograms(from, files))) return null;
  return sentence(to, running);
}

function runsPrograms(names: Names, files: FolderFiles): boolean {
  try {
    const { bytes, size } = readStart(files.openFile(names, { isWritable: false }), lookedAt.bytes);
    return size > bytes.length || gitConfigRuns(Buffer.from(bytes).toString('utf8'));
  } catch {
    return true;
  }
}

function ofRenamed(from: Names, to: Names, status: FileStatus | null, files: FolderFiles): string | null {
  return status?.kind === 'directory' ? ofDirectory(from, to, files) : ofMoved(from, to, files);
}

function ofDirectory(from: Names, to: Names, files: FolderFiles): string | null {
  const waiting: Names[] = [[]];
  let looked = 0;
  for (let below = waiting.pop(); below; below = waiting.pop()) {
    for (const { name, kind } of files.list([...from, ...below])) {
      const inner = [...below, name];
      if (++looked > lookedAt.names) return largeMove(to);
      if (kind === 'directory') {
        waiting.push(inner);
        continue;
      }
      // One that was there under such a name before the move isn't made by it.
      if (runningName([...from, ...inner])) continue;
      const question = ofMoved([...from, ...inner], [...to, ...inner], files);
      if (question) return question;
    }
  }
  return null;
}

function largeMove(to: Names): string | null {
  const below = runningBelow(to);
  return below && sentence(to, below);
}

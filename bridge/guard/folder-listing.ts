/** A hint of what is in a folder, for the model's first turn: names and counts of the first level, nothing of content. */
import type { FolderLook } from './folder-look';

const namesCap = 40;
const nameCapCharacters = 80;

const shown = (name: string): string => {
  const visible = name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd');
  return visible.length > nameCapCharacters ? `${visible.slice(0, nameCapCharacters - 1)}…` : visible;
};

/**
 * One name a line, behind a dash so that none stands as a line of ours; folders with the number of names in them. Empty
 * for an empty folder, or one that cannot be listed.
 */
export function folderListing(folder: string, look: FolderLook): string {
  const names = [...look.namesIn(folder)].sort();
  const lines = names.slice(0, namesCap).map((name) => {
    const path = `${folder}/${name}`;
    if (look.kindOf(path) !== 'directory') return `- ${shown(name)}`;
    const count = look.namesIn(path).length;
    return `- ${shown(name)}/ (${count})`;
  });
  const more = names.length - lines.length;
  return [...lines, ...(more > 0 ? [`… and ${more.toLocaleString('en')} more`] : [])].join('\n');
}

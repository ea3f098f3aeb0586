/** A hint for the model's first turn about what is in a folder: names and counts of the first level, no content. */
import type { FolderLook } from './folder-look';

const namesCap = 40;
const nameCapCharacters = 80;

const shown = (name: string): string => {
  const visible = name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd');
  return visible.length > nameCapCharacters ? `${visible.slice(0, nameCapCharacters - 1)}…` : visible;
};

/**
 * One name per line, after a dash so that no name looks like one of our lines; folders with their number of names.
 * Empty for a folder that is empty or can't be listed.
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

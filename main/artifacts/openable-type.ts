/**
 * Which files the system may open for the person: kinds that are only shown, whose content is what their name says.
 *
 * A list of what may not be opened would miss the next kind that some system runs. Pure.
 */
import { visibleLine } from '../../node/visible-text';
import { zipNames } from './zip-names';

type Check = (content: Buffer) => boolean;

const startsWith =
  (signature: string, at = 0): Check =>
  (content) =>
    content.toString('latin1', at, at + signature.length) === signature;
const anyOf =
  (...checks: readonly Check[]): Check =>
  (content) =>
    checks.some((check) => check(content));
const allOf =
  (...checks: readonly Check[]): Check =>
  (content) =>
    checks.every((check) => check(content));

/** Beginnings by which systems take a text for a program or a page */
const actingText = /^(?:#!|MZ|\u007fELF|\s*\[Desktop Entry\]|\s*<(?:!doctype|html|script|svg|\?))/i;

const isText: Check = (content) => {
  if (content.includes(0) || actingText.test(content.toString('latin1', 0, 512))) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content);
    return true;
  } catch {
    // Bytes that aren't UTF-8
    return false;
  }
};

/** Macros, controls and objects that run something */
const acting = /vbaproject|vbadata|macrosheets|activex|oleobject|^(?:basic|scripts|configurations2\/accelerator)\//i;
/** Some programs write the printer's settings beside a sheet. */
const isActing = (name: string): boolean =>
  acting.test(name) || (/\.(?:bin|exe|dll|js|vbs)$/i.test(name) && !/printerSettings\d*\.bin$/.test(name));

const archiveWith =
  (...needed: readonly string[]): Check =>
  (content) => {
    const names = zipNames(content);
    return names !== null && needed.every((name) => names.includes(name)) && !names.some(isActing);
  };
const openXml = (part: string): Check => archiveWith('[Content_Types].xml', part);
/** Its type is the first file's content, which isn't compressed. */
const openDocument = (type: string): Check =>
  allOf(archiveWith('content.xml'), startsWith(`mimetypeapplication/vnd.oasis.opendocument.${type}PK`, 30));

const checks: Readonly<Record<string, Check>> = {
  ...Object.fromEntries('txt md markdown log csv tsv json yaml yml'.split(' ').map((name) => [name, isText])),
  pdf: startsWith('%PDF-'),
  png: startsWith('\u0089PNG\r\n\u001a\n'),
  jpg: startsWith('\u00ff\u00d8\u00ff'),
  jpeg: startsWith('\u00ff\u00d8\u00ff'),
  gif: anyOf(startsWith('GIF87a'), startsWith('GIF89a')),
  webp: allOf(startsWith('RIFF'), startsWith('WEBP', 8)),
  bmp: startsWith('BM'),
  tiff: anyOf(startsWith('II*\0'), startsWith('MM\0*')),
  tif: anyOf(startsWith('II*\0'), startsWith('MM\0*')),
  wav: allOf(startsWith('RIFF'), startsWith('WAVE', 8)),
  mp3: anyOf(startsWith('ID3'), startsWith('\u00ff\u00fb'), startsWith('\u00ff\u00f3')),
  flac: startsWith('fLaC'),
  ogg: startsWith('OggS'),
  m4a: startsWith('ftyp', 4),
  mp4: startsWith('ftyp', 4),
  mov: startsWith('ftyp', 4),
  webm: startsWith('\u001aE\u00df\u00a3'),
  mkv: startsWith('\u001aE\u00df\u00a3'),
  docx: openXml('word/document.xml'),
  xlsx: openXml('xl/workbook.xml'),
  pptx: openXml('ppt/presentation.xml'),
  odt: openDocument('text'),
  ods: openDocument('spreadsheet'),
  odp: openDocument('presentation'),
};

/** Names that Windows takes for devices */
const isDevice = (name: string): boolean => /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name);

/** Endings in the middle of a name that make it look like, or be, something else */
const otherTypes: ReadonlySet<string> = new Set(
  'app appimage bat cmd com command cpl deb desktop dmg docm exe hta htm html inetloc iso jar js jse lnk msc msi pif pkg pptm ps1 py reg rpm run scpt scr sh svg terminal url vbs webloc wsf xlsm'.split(
    ' ',
  ),
);

function isPlainName(name: string): boolean {
  const isClean = visibleLine(name) === name && !/[\t<>:"|?*\\/]|[\s.\u00a0]$|^[\s-]/.test(name) && !isDevice(name);
  const middle = name.toLowerCase().split('.').slice(1, -1);
  return isClean && !middle.some((part) => otherTypes.has(part));
}

/** How a file's content is checked, by its name; `null` for a kind that isn't opened. */
export function openableType(name: string): Check | null {
  const extension = /^[^.].*\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return isPlainName(name) && Object.hasOwn(checks, extension) ? (checks[extension] ?? null) : null;
}

// Remembers which files had nothing to report, so that a check only looks at files that may have changed since.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../run-step.mjs';

/** What affects every file, besides the file and its imports. */
const common = [
  'eslint.config.mjs',
  'package-lock.json',
  'tsconfig.base.json',
  'scripts/check/clean-files.mjs',
  'scripts/check/code.mjs',
  ...readdirSync(join(root, 'scripts/lint')).map((name) => `scripts/lint/${name}`),
];

/** @param {readonly string[]} parts */
const digest = (parts) => createHash('sha256').update(parts.join('\0')).digest('hex');

/** @param {string} file */
const isPackage = (file) => file.includes('/node_modules/');

/**
 * For each file of ours, one digest of everything that can change what the compiler or a rule says about it: its text,
 * the text of all its direct and indirect imports, every global declaration, the rules and the packages.
 *
 * @param {ts.BuilderProgram} builder
 * @param {string} config the program's tsconfig
 * @returns {Map<string, string>} by absolute path
 */
export function fileDigests(builder, config) {
  const files = builder.getSourceFiles().filter(({ fileName }) => !isPackage(fileName));
  const texts = new Map(files.map((file) => [file.fileName, digest([file.text])]));
  const isGlobal = (/** @type {ts.SourceFile} */ file) =>
    file.isDeclarationFile || !ts.isExternalModule(file) || /declare (global|module)/.test(file.text);
  const everywhere = digest([
    process.version,
    ...[...common, config].map((file) => readFileSync(join(root, file), 'utf8')),
    ...files.filter(isGlobal).map(({ fileName }) => `${fileName} ${texts.get(fileName)}`),
  ]);
  return new Map(
    files.map((file) => {
      const needed = builder.getAllDependencies(file).filter((name) => !isPackage(name));
      return [
        file.fileName,
        digest([everywhere, file.fileName, ...needed.sort().map((name) => texts.get(name) ?? '')]),
      ];
    }),
  );
}

/**
 * The digests of files that had nothing to report last time.
 *
 * @param {string} memory a file
 * @returns {Promise<Set<string>>}
 */
export async function readClean(memory) {
  try {
    return new Set(JSON.parse(await readFile(memory, 'utf8')));
  } catch {
    // The first run, or one that was interrupted while writing.
    return new Set();
  }
}

/**
 * @param {string} memory
 * @param {readonly string[]} digests
 */
export async function writeClean(memory, digests) {
  await mkdir(dirname(memory), { recursive: true });
  await writeFile(memory, JSON.stringify(digests));
}

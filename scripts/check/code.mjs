// Types and lint of one program: `node scripts/check/code.mjs <tsconfig>`. Both use the same compiler, so each type is
// computed once. ESLint's own cache would miss a file whose imports have changed; this one doesn't.
import { join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { root } from '../run-step.mjs';
import { fileDigests, readClean, writeClean } from './clean-files.mjs';

/** @param {readonly ts.Diagnostic[]} diagnostics */
const inWords = (diagnostics) =>
  ts.formatDiagnosticsWithColorAndContext(diagnostics, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  });

/** @param {string} config */
function buildProgram(config) {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const parsed = ts.getParsedCommandLineOfConfigFile(join(root, config), {}, host);
  if (parsed === undefined) throw new Error(`Couldn't read ${config}.`);
  const { fileNames, options, errors } = parsed;
  const compiler = ts.createIncrementalCompilerHost(options);
  const builder = ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, compiler, undefined, errors);
  return { builder, fileNames };
}

/** @param {ts.Diagnostic} diagnostic */
function fail(diagnostic) {
  throw new Error(inWords([diagnostic]));
}

/**
 * Errors that make all types unreliable.
 *
 * @param {ts.Program} program
 */
const faults = (program) => [
  ...program.getConfigFileParsingDiagnostics(),
  ...program.getSyntacticDiagnostics(),
  ...program.getOptionsDiagnostics(),
  ...program.getGlobalDiagnostics(),
];

/**
 * Prints what the rules report.
 *
 * @param {ts.Program} program
 * @param {readonly string[]} files
 * @returns {Promise<string[]>} the files that break one
 */
async function lint(program, files) {
  if (files.length === 0) return [];
  const eslint = new ESLint({
    cwd: root,
    warnIgnored: false,
    overrideConfig: [{ files: ['**/*.{ts,tsx}'], languageOptions: { parserOptions: { programs: [program] } } }],
  });
  const results = (await eslint.lintFiles([...files])).filter(({ messages }) => messages.length > 0);
  if (results.length > 0) console.log(await (await eslint.loadFormatter('stylish')).format(results));
  return results.map(({ filePath }) => filePath);
}

/** Plain JavaScript has a lint of its own. @param {string} name */
const isTyped = (name) => /\.tsx?$/.test(name);

/**
 * Checks what may have changed since the last time.
 *
 * @param {string} config path of a tsconfig
 * @returns {Promise<boolean>} whether there is nothing to report
 */
async function checkProgram(config) {
  const { builder, fileNames } = buildProgram(config);
  const program = builder.getProgram();
  const found = faults(program);
  if (found.length > 0) {
    console.log(inWords(found));
    return false;
  }
  const memory = join(root, 'node_modules/.cache/piwork', `clean-${config.replaceAll(/\W+/g, '-')}.json`);
  const clean = await readClean(memory);
  const digests = fileDigests(builder, config);
  const isOpen = (/** @type {string} */ name) => !clean.has(digests.get(name) ?? '');
  // What it imports from other programs is checked there.
  const own = new Set(fileNames);
  const open = [...digests.keys()].filter((name) => own.has(name) && isOpen(name));
  const errors = open.flatMap((name) => program.getSemanticDiagnostics(program.getSourceFile(name)));
  if (errors.length > 0) console.log(inWords(errors));
  const bad = new Set([...errors.map(({ file }) => file?.fileName), ...(await lint(program, open.filter(isTyped)))]);
  const nowClean = [...digests].filter(([name]) => own.has(name) && !bad.has(name));
  await writeClean(
    memory,
    nowClean.map(([, digest]) => digest),
  );
  console.log(`${config}: checked ${open.length} of ${digests.size} files`);
  return bad.size === 0;
}

const [config] = process.argv.slice(2);
if (config === undefined) throw new Error('Which program? node scripts/check/code.mjs <tsconfig>');
process.exitCode = (await checkProgram(config)) ? 0 : 1;

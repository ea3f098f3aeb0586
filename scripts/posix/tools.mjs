// Gets the foreign suites, for the guest's release of Debian, and lays out what the guest needs of them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { root } from '../run-step.mjs';

const packages = ['libpython3.13-testsuite', 'fio', 'stress-ng'];
const getMs = 15 * 60_000;
/** Part of the guest's own C library, which must not be mixed with another version's. */
const guestsOwn = /^(ld-linux|lib(c|m|pthread|dl|rt|resolv)\.so)/;

/** A tool that a suite needs is missing or can't be downloaded. */
export class Skipped extends Error {}

/**
 * @typedef {object} Needs what a suite needs of the tools
 * @property {boolean} [python] CPython's tests
 * @property {string} [program] a program of Debian's
 * @property {{ name: string, version: string, isStatic: boolean }} [crate] a program of crates.io
 */

/** The guest's release, as its pack is built from. */
async function debianSuite() {
  const source = await readFile(join(root, 'guest/pack/sources.ts'), 'utf8');
  const [, suite] = /debianSuite = '(\w+)'/.exec(source) ?? [];
  if (suite === undefined) throw new Error("guest/pack/sources.ts no longer names Debian's release.");
  return suite;
}

/** @param {string} command @param {readonly string[]} words @param {NodeJS.ProcessEnv} [env] @returns {string} */
function get(command, words, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    encoding: 'utf8',
    timeout: getMs,
    env: { ...process.env, ...env },
  });
  if (status === 0) return stdout;
  const why = error?.message ?? stderr.trim().slice(-300);
  throw new Skipped(`${command} ${words.slice(0, 2).join(' ')} didn't succeed: ${why}`);
}

/**
 * What `make` writes into a new folder of the cache, made once.
 *
 * @param {string} cache
 * @param {unknown} from what it is made from
 * @param {(folder: string) => void} make
 */
async function cached(cache, from, make) {
  const key = createHash('sha256').update(JSON.stringify(from)).digest('hex').slice(0, 16);
  const folder = join(cache, 'posix', key);
  if (existsSync(folder)) return folder;
  await mkdir(join(cache, 'posix'), { recursive: true });
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  make(unfinished);
  await rename(unfinished, folder);
  return folder;
}

/** Debian's packages, unpacked without running anything of them. @param {string} cache */
async function unpackedPackages(cache) {
  const suite = await debianSuite();
  const mode = process.getuid?.() === 0 ? 'root' : 'chrootless';
  return cached(cache, [suite, packages], (folder) =>
    get('mmdebstrap', [`--mode=${mode}`, '--variant=extract', `--include=${packages.join(',')}`, suite, folder]),
  );
}

/**
 * A program of Debian's with its libraries, found by Debian's own loader without running the program.
 *
 * @param {string} tree
 * @param {string} program
 * @param {string} folder
 */
async function layOutProgram(tree, program, folder) {
  const [triplet] = (await readdir(join(tree, 'usr/lib'))).filter((name) => name.endsWith('-linux-gnu'));
  const libraries = join(tree, 'usr/lib', triplet ?? '');
  const loader = (await readdir(libraries)).find((name) => name.startsWith('ld-linux'));
  if (loader === undefined) throw new Skipped("Debian's loader isn't where it was.");
  const path = join(tree, 'usr/bin', program);
  const places = [libraries, join(libraries, 'ceph')].join(':');
  const listed = get(join(libraries, loader), ['--library-path', places, '--list', path]);
  for (const [, name = '', library = ''] of listed.matchAll(/^\s*(\S+) => (\S+) /gm)) {
    if (guestsOwn.test(basename(name))) continue;
    await copyFile(await realpath(library), join(folder, 'lib', basename(name)));
  }
  await copyFile(path, join(folder, 'bin', program));
}

/** @param {string} cache @param {NonNullable<Needs['crate']>} crate @param {string} folder */
async function layOutCrate(cache, crate, folder) {
  const { name, version, isStatic } = crate;
  const target = isStatic ? /host: (\S+)/.exec(get('rustc', ['-vV']))?.[1] : undefined;
  const built = await cached(cache, [crate, target], (place) =>
    get(
      'cargo',
      ['install', `${name}@${version}`, '--locked', '--root', place, ...(target ? ['--target', target] : [])],
      target ? { RUSTFLAGS: '-C target-feature=+crt-static' } : {},
    ),
  );
  await copyFile(join(built, 'bin', name), join(folder, 'bin', name));
}

/**
 * Copies what the guest needs for a suite into a folder that a task is given.
 *
 * @param {string} cache
 * @param {Needs} needs
 * @param {string} folder
 */
export async function layOutTools(cache, { python = false, program, crate }, folder) {
  await cp(join(root, 'scripts/posix/guest'), folder, { recursive: true });
  for (const name of ['bin', 'lib']) await mkdir(join(folder, name));
  const tree = python || program ? await unpackedPackages(cache) : '';
  if (python) await cp(join(tree, 'usr/lib/python3.13/test'), join(folder, 'python/test'), { recursive: true });
  if (program) await layOutProgram(tree, program, folder);
  if (crate) await layOutCrate(cache, crate, folder);
}

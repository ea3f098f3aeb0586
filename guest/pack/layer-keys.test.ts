import { packDigestText } from '../../schema/pack';
import { baseKey } from './base-layer';
import { packKey } from './pack-folder';

const script = Buffer.from('#!/bin/sh');

test("a base layer's name depends on its architecture and its initrd script, among others", () => {
  expect(baseKey('x64', script)).toBe(baseKey('x64', script));
  expect(new Set([baseKey('x64', script), baseKey('arm64', script), baseKey('x64', Buffer.from(''))]).size).toBe(3);
});

test("a pack's name depends on its base and every guest file", () => {
  const file = { name: 'taskd.cjs', mode: 0o644, content: Buffer.from('one') };
  const keys = [
    packKey('base', [file]),
    packKey('base', [{ ...file, content: Buffer.from('two') }]),
    packKey('base', [{ ...file, name: 'proxy.mjs' }]),
    packKey('other', [file]),
  ];
  expect(new Set(keys).size).toBe(4);
});

test('the digest text does not depend on the order of the entries', () => {
  const entry = (name: string) => ({ name, sha256: name.charAt(0).repeat(64), bytes: 1 });
  const files = { kernel: entry('d'), initrd: entry('c'), root: entry('b'), piwork: entry('a') };
  const reversed = { piwork: files.piwork, root: files.root, initrd: files.initrd, kernel: files.kernel };
  expect(packDigestText(files)).toBe(packDigestText(reversed));
  expect(packDigestText(files).split('\n').length).toBe(5);
});

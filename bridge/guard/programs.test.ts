import { isEndless, isPrivileged } from './programs';

const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

test.each(['', '-l', '-v', '-t ext4', '-l -t nfs,cifs', '-text4', '--show-labels', '--types tmpfs', '--help', '-V'])(
  'mount %s only lists',
  (text) => {
    expect(isPrivileged('mount', words(text))).toBe(false);
  },
);

test.each(['-a', '/dev/sdb1 /mnt', '-t ext4 /dev/sdb1 /mnt', '--bind a b', '-o remount,rw /', '-l -a', '-T fstab'])(
  'mount %s changes what is mounted',
  (text) => {
    expect(isPrivileged('mount', words(text))).toBe(true);
  },
);

test.each([
  ['sudo', 'rm a'],
  ['sudo', 'rm --help'],
  ['su', ''],
  ['umount', '/mnt'],
  ['insmod', 'a.ko'],
  ['sudo', ''],
])('%s %s needs administrator rights', (program, text) => {
  expect(isPrivileged(program, words(text))).toBe(true);
});

test.each([
  ['umount', '--help'],
  ['sudo', '--version'],
  ['su', '--help'],
  ['ls', '-l'],
])('%s %s does not', (program, text) => {
  expect(isPrivileged(program, words(text))).toBe(false);
});

test.each([
  ['top', '', true],
  ['top', '-b', true],
  ['top', '-b -n 1', false],
  ['top', '-bn1', false],
  ['watch', '--help', false],
  ['watch', 'date', true],
])('%s %s keeps running: %p', (program, text, expected) => {
  expect(isEndless(program, words(text))).toBe(expected);
});

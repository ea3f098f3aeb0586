import { readBootOptions } from './boot-options';

const defaults = { uid: 1000, gid: 1000, parked: 1, isRehearsed: true, build: 'unknown' };

test.each([
  ['', defaults],
  ['console=ttyS0 quiet panic=-1', defaults],
  [
    ' quiet piwork.uid=501 piwork.gid=20  piwork.parked=3 piwork.rehearse=0 piwork.build=1.2.3\n',
    { uid: 501, gid: 20, parked: 3, isRehearsed: false, build: '1.2.3' },
  ],
  ['piwork.uid=0 piwork.uid=1001', { ...defaults, uid: 1001 }],
])('reads %j', (line, options) => {
  expect(readBootOptions(line)).toEqual(options);
});

test.each(['piwork.uid=root', 'piwork.uid=-1', 'piwork.gid=1.5', 'piwork.rehearse=maybe'])('refuses %j', (line) => {
  expect(() => readBootOptions(line)).toThrow();
});

import { readBootOptions } from './boot-options';

const defaults = { parked: 1, isRehearsed: true, isEmulated: false, build: 'unknown' };

test.each([
  ['', defaults],
  ['console=ttyS0 quiet panic=-1', defaults],
  [
    ' quiet piwork.parked=3  piwork.rehearse=0 piwork.emulated=1 piwork.build=1.2.3\n',
    { parked: 3, isRehearsed: false, isEmulated: true, build: '1.2.3' },
  ],
  ['piwork.parked=0 piwork.parked=2', { ...defaults, parked: 2 }],
])('reads %j', (line, options) => {
  expect(readBootOptions(line)).toEqual(options);
});

test.each(['piwork.parked=all', 'piwork.parked=-1', 'piwork.parked=1.5', 'piwork.rehearse=maybe', 'piwork.emulated=2'])(
  'refuses %j',
  (line) => {
    expect(() => readBootOptions(line)).toThrow();
  },
);

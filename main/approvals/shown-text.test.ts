import { shownPath, shownProgram } from './shown-text';

describe('a path', () => {
  it.each([
    ['Reports/a b.txt', 'Reports/a b.txt'],
    ['Отчёты/表.txt', 'Отчёты/表.txt'],
    ['می\u200cخواهم.txt', 'می\u200cخواهم.txt'],
    ['a\u202etxt.exe', 'a\ufffdtxt.exe'],
    ['a\u2066b\u2069', 'a\ufffdb\ufffd'],
    ['a\nb\u0007\u001b[2J', 'a\ufffdb\ufffd\ufffd[2J'],
    ['a\u2028b\u200b\ufeff', 'a\ufffdb\ufffd\ufffd'],
    ['half \ud83d', 'half \ufffd'],
    ['caf\udce9.txt', 'caf\\xe9.txt'],
    ['😀.png', '😀.png'],
  ])('%j is shown as %j', (path, shown) => expect(shownPath(path)).toBe(shown));

  it('that is long loses its middle, never half a character', () => {
    expect(shownPath('0123456789', 7)).toBe('01…6789');
    expect(shownPath('😀'.repeat(10), 7)).toBe(`${'😀'.repeat(2)}…${'😀'.repeat(4)}`);
    expect(shownPath('😀'.repeat(7), 7)).toBe('😀'.repeat(7));
  });
});

describe('a program', () => {
  it.each([
    [null, null],
    ['', null],
    [' \n\u0000\u202e ', null],
    ['rm\u0000-rf\u0000Reports\u0000', 'rm -rf Reports'],
    ['python3 -c "import os\nos.remove(1)"', 'python3 -c "import os os.remove(1)"'],
    ['r\u200bm \u202etxt', 'rm txt'],
  ])('%j is shown as %j', (text, shown) => expect(shownProgram(text)).toBe(shown));

  it('has at most 200 characters, whatever its size', () => {
    expect(shownProgram('x'.repeat(200))).toBe('x'.repeat(200));
    expect(shownProgram('x'.repeat(1_000_000))).toBe(`${'x'.repeat(199)}…`);
  });
});

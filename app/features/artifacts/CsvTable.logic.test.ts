import { parseCsv } from './CsvTable.logic';

test('rows, columns, widths and numbers', () => {
  expect(parseCsv('name,size\n"a, b",1200\nlonger name,7%\n', false)).toEqual({
    header: ['name', 'size'],
    rows: [
      ['a, b', '1200'],
      ['longer name', '7%'],
    ],
    widths: [11, 6],
    isNumeric: [false, true],
  });
});

test('the last row of a cut text may be incomplete', () => {
  expect(parseCsv('a,b\n1,2\n3', true).rows).toEqual([['1', '2']]);
});

test('uneven rows, a byte order mark and other separators', () => {
  const table = parseCsv('\uFEFFa;b\n1;2;3\n', false);
  expect([table.header, table.rows]).toEqual([['a', 'b', ''], [['1', '2', '3']]]);
});

test('an empty file is an empty table', () => {
  expect(parseCsv('', false)).toEqual({ header: [], rows: [], widths: [], isNumeric: [] });
});

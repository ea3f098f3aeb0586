import { linkTarget, namesHost, splitMarkdown } from './Markdown.logic';

const joined = (text: string): readonly string[] => {
  const pieces = splitMarkdown(text);
  expect(pieces.join('')).toBe(text);
  return pieces;
};

test('paragraphs and headings are pieces', () => {
  expect(joined('One.\n\nTwo\ngoes on.\n\n## Three\n\nFour')).toEqual([
    'One.\n\n',
    'Two\ngoes on.\n\n',
    '## Three\n\n',
    'Four',
  ]);
});

test('code keeps its empty lines, even before it is closed', () => {
  expect(joined('```py\na\n\nb\n```\n\nEnd')).toEqual(['```py\na\n\nb\n```\n\n', 'End']);
  expect(joined('````\n```\n\nx\n```\n\ny')).toEqual(['````\n```\n\nx\n```\n\ny']);
});

test('what belongs together stays together', () => {
  expect(joined('- one\n\n- two\n\n  more of two')).toHaveLength(1);
  expect(joined('1. one\n\n2. two')).toHaveLength(1);
  expect(joined('> a\n\n> b')).toHaveLength(1);
  expect(joined('See [x].\n\n[x]: https://example.com')).toHaveLength(1);
});

test('empty text has no pieces', () => expect(joined('')).toEqual([]));

test('only web and mail addresses are links', () => {
  expect(linkTarget('https://example.com/a')).toEqual({
    kind: 'remote',
    href: 'https://example.com/a',
    host: 'example.com',
  });
  expect(linkTarget('mailto:kim@example.com')).toMatchObject({ kind: 'remote', host: 'kim@example.com' });
  for (const href of [undefined, 'summary.md', 'javascript:alert(1)', 'file:///etc/passwd', 'https://', '//x.y']) {
    expect(linkTarget(href)).toEqual({ kind: 'none' });
  }
});

test("a link that shows its host doesn't repeat it", () => {
  expect([namesHost('https://Example.com/help', 'example.com'), namesHost('the help', 'example.com')]).toEqual([
    true,
    false,
  ]);
});

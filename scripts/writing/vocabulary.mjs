// The words that docs/writing.md retires, read from its tables, so that they are listed only once.

/** First words with irregular forms. @type {Readonly<Record<string, readonly string[]>>} */
const irregular = {
  be: ['be', 'is', 'are', 'was', 'were', 'been', 'being'],
  do: ['do', 'does', 'did', 'done', 'doing'],
  give: ['give', 'gives', 'gave', 'given', 'giving'],
  go: ['go', 'goes', 'went', 'gone', 'going'],
  make: ['make', 'makes', 'made', 'making'],
  put: ['put', 'puts', 'putting'],
  read: ['read', 'reads', 'reading'],
  say: ['say', 'says', 'said', 'saying'],
  stand: ['stand', 'stands', 'stood', 'standing'],
  take: ['take', 'takes', 'took', 'taken', 'taking'],
  tell: ['tell', 'tells', 'told', 'telling'],
  throw: ['throw', 'throws', 'threw', 'thrown', 'throwing'],
};

/** What makes a phrase right after all. @type {Readonly<Record<string, { before: string, after: string }>>} */
const exceptions = {
  // “There is no task”, “is no longer open”.
  'be no': { before: '(?<!there\\s+)', after: '(?=\\s+\\w)(?!\\s+(?:longer|more|other)\\b)' },
};

const escape = (/** @type {string} */ text) => text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');

/**
 * “take … back” also matches “takes the last turn back”; {} matches a number or a template's placeholder.
 *
 * @param {string} phrase
 */
function patternOf(phrase) {
  const [first = '', ...rest] = phrase.split(' ');
  const forms = irregular[first] ?? [first, `${first}s`, `${first}ed`, `${first}ing`];
  const { before = '', after = '' } = exceptions[phrase] ?? {};
  const start = first === '{}' ? '' : `${before}(?<![\\w-])(?:${forms.map(escape).join('|')})`;
  const tail = rest.map((word) => {
    if (word === '…') return '(?:\\s+[^\\s.!?]+){0,4}?';
    return word === '{}' ? '\\s+(?:\\{\\}|\\d)' : `\\s+${escape(word)}`;
  });
  const number = first === '{}' ? '(?:\\{\\}|\\d)' : '';
  return new RegExp(`${start}${number}${tail.join('')}${phrase.endsWith('{}') ? '' : '(?![\\w-])'}${after}`, 'i');
}

/**
 * The retired words of a Markdown page.
 * @param {string} markdown
 * @returns {{ phrase: string, instead: string, pattern: RegExp, codeOnly: boolean }[]}
 */
export function retiredWords(markdown) {
  /** @type {{ phrase: string, instead: string, pattern: RegExp, codeOnly: boolean }[]} */
  const found = [];
  let lastColumn = '';
  for (const line of markdown.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, , instead = '', retired = ''] = cells;
    if (cells.length !== 5) lastColumn = '';
    else if (/^Don't /.test(retired)) lastColumn = retired;
    else if (lastColumn !== '' && !retired.startsWith('---')) {
      for (const phrase of retired.split(', ')) {
        const codeOnly = lastColumn === "Don't show";
        found.push({ phrase, instead, pattern: patternOf(phrase), codeOnly });
      }
    }
  }
  return found;
}

import { fakeApproval } from '../../dev/data/approvals';
import { approvalSentence, deniedInLabel, timeLeft } from './ApprovalCard.logic';

const sentence = (change: Parameters<typeof fakeApproval>[2]): string => approvalSentence(fakeApproval('t', 0, change));

test('a question is one plain sentence', () => {
  expect(sentence({})).toBe('rm -rf Reports wants to delete Reports/a.txt (12.0 kB) and 41 more');
  expect(sentence({ program: null, count: 1, fileKind: 'directory', sizeBytes: null, path: 'Reports' })).toBe(
    'The agent wants to delete the folder Reports',
  );
  expect(sentence({ kind: 'rename', path: 'a/b.txt', to: 'a/c.txt', count: 1 })).toBe(
    'rm -rf Reports wants to rename a/b.txt to c.txt (12.0 kB)',
  );
  expect(sentence({ kind: 'rename', path: 'a/b.txt', to: 'd/b.txt', count: 2 })).toBe(
    'rm -rf Reports wants to move a/b.txt to d/b.txt (12.0 kB) and 1 more',
  );
  expect(sentence({ kind: 'change', count: 1 })).toBe('rm -rf Reports wants to change Reports/a.txt (12.0 kB)');
});

test('nothing in a name or a command line is hidden or reversed', () => {
  expect(sentence({ path: 'x\u202egpj.exe', program: 'rm\n-f\u001b[2K', count: 1 })).toBe(
    'rm\\n-f\\u{1b}[2K wants to delete x\\u{202e}gpj.exe (12.0 kB)',
  );
  const long = sentence({ path: `${'deep/'.repeat(60)}end.txt`, program: 'x'.repeat(500), count: 1 });
  expect(long.length).toBeLessThan(240);
  expect(long).toMatch(/end\.txt \(12\.0 kB\)$/);
});

test('the time left decreases to zero', () => {
  const asked = { openedAt: 1000, expiresAt: 121_000 };
  expect(timeLeft(asked, 61_000)).toEqual({ leftMs: 60_000, share: 0.5 });
  expect(timeLeft(asked, 999_000)).toEqual({ leftMs: 0, share: 0 });
  expect([95_000, 7000, 0].map(deniedInLabel)).toEqual([
    'Auto-denies in 1 min 35 s',
    'Auto-denies in 7 s',
    'Timed out and denied',
  ]);
});

/** Conversations with each kind of item, short and long. */
import type { ConversationItem } from '../../../schema/conversation';

const answer = `I read all **214 files** in the folder. The short version:

## What is in there

| Kind | Files | Size |
| --- | ---: | ---: |
| Spreadsheets | 96 | 41.2 MB |
| Documents | 71 | 18.9 MB |
| Pictures | 38 | 77.4 MB |
| Other | 9 | 0.3 MB |

The newest file is \`2025/Q3/margins-final.xlsx\`, changed yesterday at 17:42. Three files are empty:

1. \`2024/draft.txt\`
2. \`2024/notes (copy).md\`
3. \`2025/Q2/untitled.csv\`

> Nothing in the folder was changed. The summary is in the task's outputs.

This is how I counted, in case you want to check:

\`\`\`python
from pathlib import Path

files = [path for path in Path(".").rglob("*") if path.is_file()]
total = sum(path.stat().st_size for path in files)
print(f"{len(files)} files, {total / 1e6:.1f} MB")  # 214 files, 137.8 MB
\`\`\`

- [x] Counted by kind
- [x] Newest file found
- [ ] Duplicates: tell me and I'll look for them

More about the format: https://commonmark.org/help/ ![A chart from elsewhere](https://example.com/chart.png)`;

const findOutput = `./2024/annual-report.docx
./2024/draft.txt
./2024/notes (copy).md
./2025/Q1/margins.xlsx
./2025/Q2/untitled.csv
./2025/Q3/margins-final.xlsx
… 208 more lines`;

/** A finished conversation with each kind of item. */
export function summaryConversation(at: number): readonly ConversationItem[] {
  return [
    { id: 'u1', at, kind: 'user', text: 'Summarise this folder. Which files are newest, and is anything empty?' },
    {
      id: 'a1',
      at: at + 900,
      kind: 'assistant',
      text: "I'll look at what is in the folder first, then count by kind.",
      thinking:
        'The person wants counts, sizes and the newest files. `find` with `-printf` gives me all of it at once.',
      isStreaming: false,
      stopReason: 'toolUse',
    },
    {
      id: 't1',
      at: at + 1500,
      kind: 'tool',
      toolName: 'bash',
      args: { command: 'find . -type f' },
      status: 'done',
      output: findOutput,
      durationMs: 184,
    },
    {
      id: 't2',
      at: at + 2100,
      kind: 'tool',
      toolName: 'read',
      args: { path: '/mnt/workdir/2024/annual-report.docx' },
      status: 'failed',
      output: 'This file is not text (application/vnd.openxmlformats). Use a converter first.',
      durationMs: 12,
    },
    {
      id: 't3',
      at: at + 2600,
      kind: 'tool',
      toolName: 'read',
      args: { path: '/mnt/workdir/2024/draft.txt', limit: 40 },
      status: 'done',
      output: '',
      durationMs: 8,
    },
    {
      id: 't4',
      at: at + 3500,
      kind: 'tool',
      toolName: 'write',
      args: { path: '/mnt/taskstate/t/outputs/summary.md', content: '# Summary\n\n214 files, 137.8 MB' },
      status: 'done',
      output: 'Wrote 1,204 bytes',
      durationMs: 31,
    },
    { id: 'a2', at: at + 5200, kind: 'assistant', text: answer, thinking: '', isStreaming: false, stopReason: 'stop' },
  ];
}

/** A long conversation: turns of a question, some tools and an answer. */
export function longConversation(at: number, itemCount: number): readonly ConversationItem[] {
  return Array.from({ length: itemCount }, (_, index): ConversationItem => {
    const base = { id: `i${index}`, at: at + index * 1000 };
    const turn = Math.floor(index / 5) + 1;
    switch (index % 5) {
      case 0:
        return { ...base, kind: 'user', text: `Step ${turn}: please continue with the next folder.` };
      case 4: {
        const text = `Step ${turn} is done. ${'It went as planned, and the list grew by a few lines. '.repeat(turn % 4)}`;
        return { ...base, kind: 'assistant', text, thinking: '', isStreaming: false, stopReason: 'stop' };
      }
      default:
        return {
          ...base,
          kind: 'tool',
          toolName: index % 5 === 1 ? 'ls' : 'read',
          args: { path: `/mnt/workdir/part-${turn}/file-${index}.txt` },
          status: 'done',
          output: `line one of file ${index}\nline two`,
          durationMs: 5 + (index % 40),
        };
    }
  });
}

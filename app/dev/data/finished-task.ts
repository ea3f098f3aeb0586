/** A task that is done, with outputs of each kind to preview. */
import type { Artifact, Preview } from '../../../schema/artifacts';
import { summaryConversation } from './conversations';
import { fakeTask, type FakeTask } from './tasks';

const minuteMs = 60_000;

/** What a task of some length has used. */
export const usage = { input: 18_204, output: 3120, cacheRead: 12_400, cacheWrite: 2100, cost: 0.084 };

const outputs = (now: number): readonly Artifact[] => [
  { area: 'outputs', path: 'summary.md', bytes: 1204, modifiedAt: now - 4 * minuteMs },
  { area: 'outputs', path: 'by-kind.csv', bytes: 8420, modifiedAt: now - 5 * minuteMs },
  { area: 'outputs', path: 'charts/sizes.png', bytes: 48_210, modifiedAt: now - 6 * minuteMs },
  { area: 'outputs', path: 'count.py', bytes: 312, modifiedAt: now - 7 * minuteMs },
  { area: 'uploads', path: 'Guidelines 2025.pdf', bytes: 1_204_000, modifiedAt: now - 60 * minuteMs },
];

const chart = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360">
<rect width="640" height="360" fill="#fff"/>
${[96, 71, 38, 9].map((count, index) => `<rect x="${80 + index * 130}" y="${310 - count * 2.6}" width="84" height="${count * 2.6}" rx="4" fill="#1f6a5b"/>`).join('')}
<path d="M60 310H600" stroke="#1e1c19"/></svg>`;

/** Its previews, by `area/path`. */
export const previews: Readonly<Record<string, Preview>> = {
  'outputs/summary.md': {
    kind: 'markdown',
    text: '# Summary of Reports\n\n214 files in 12 folders, **137.8 MB** together.\n\n| Kind | Files |\n| --- | ---: |\n| Spreadsheets | 96 |\n| Documents | 71 |\n',
    isTruncated: false,
  },
  'outputs/by-kind.csv': {
    kind: 'csv',
    text: `path,kind,bytes,changed\n${Array.from(
      { length: 400 },
      (_, index) =>
        `2025/Q${(index % 4) + 1}/file-${index}.xlsx,spreadsheet,${10_000 + index * 37},2025-11-0${(index % 9) + 1}`,
    ).join('\n')}`,
    isTruncated: true,
  },
  'outputs/charts/sizes.png': {
    kind: 'image',
    mimeType: 'image/svg+xml',
    dataBase64: btoa(chart),
  },
  'outputs/count.py': {
    kind: 'code',
    language: 'python',
    text: 'from pathlib import Path\n\nfiles = [path for path in Path(".").rglob("*") if path.is_file()]\nprint(len(files))\n',
    isTruncated: false,
  },
  'uploads/Guidelines 2025.pdf': { kind: 'none', reason: "Piwork can't show PDFs yet." },
};

/** The task itself. */
export const finishedTask = (now: number): FakeTask =>
  fakeTask(
    'summary',
    { title: 'Summarise the reports', createdAt: now - 70 * minuteMs, updatedAt: now - 4 * minuteMs, usage },
    { items: summaryConversation(now - 6 * minuteMs), artifacts: outputs(now) },
  );

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { classes } from '../../ui/classes';
import { parseCsv } from './CsvTable.logic';

const rowPx = 30;

/** A CSV file as a table; only the visible rows are drawn. */
export function CsvTable({ text, isTruncated }: { readonly text: string; readonly isTruncated: boolean }) {
  const table = useMemo(() => parseCsv(text, isTruncated), [text, isTruncated]);
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by the compiler
  const virtualizer = useVirtualizer({
    count: table.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  });
  const shown = virtualizer.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const cell = (index: number): string =>
    classes('truncate border-b border-line px-3', table.isNumeric[index] && 'text-right tabular-nums');
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label="Table"
      className="min-h-0 flex-1 overflow-auto -outline-offset-2"
    >
      <table aria-rowcount={table.rows.length + 1} className="w-max min-w-full table-fixed border-collapse text-base">
        <colgroup>
          <col style={{ width: `calc(${String(table.rows.length).length}ch + 24px)` }} />
          {table.widths.map((width, index) => (
            <col key={index} style={{ width: `calc(${width}ch + 24px)` }} />
          ))}
        </colgroup>
        <thead className="sticky top-0 z-10 bg-sunken">
          <tr style={{ height: rowPx }}>
            <th scope="col" className="border-b border-line px-3 text-right font-normal text-faint">
              <span className="sr-only">Row</span>
            </th>
            {table.header.map((name, index) => (
              <th key={index} scope="col" title={name} className={classes(cell(index), 'text-left font-medium')}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {shown.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 2} style={{ height: rowPx }}>
              <td className="border-b border-line px-3 text-right text-small text-faint tabular-nums">{index + 1}</td>
              {table.header.map((_, column) => (
                <td key={column} title={table.rows[index]?.[column]} className={cell(column)}>
                  {table.rows[index]?.[column] ?? ''}
                </td>
              ))}
            </tr>
          ))}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  );
}

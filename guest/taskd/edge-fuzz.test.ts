/**
 * Records with strange values, from pi to a page: no run may be lost.
 *
 * 20,000 records by default; `PIWORK_FUZZ_RECORDS` names another number, `PIWORK_FUZZ_SEED` another beginning.
 */
import { rounds } from '../../node/test/rounds';
import { taskdApi } from '../../schema/taskd-api';
import { playRun, recordedSessions } from './test/edge-run';
import { mutate, seeded } from './test/mutate';

const wanted = Number(process.env['PIWORK_FUZZ_RECORDS'] ?? rounds(20_000));
const firstSeed = Number(process.env['PIWORK_FUZZ_SEED'] ?? 1);

type Raw = Readonly<Record<string, unknown>>;

const sessions = [...recordedSessions('pi-1.5.2'), ...recordedSessions('pi-1.5.2-quirks')].map(
  ([, records]) => records as readonly Raw[],
);

/** Half of the records are strange. The end of a run says that it is one, or there is nothing to end it by. */
function strangeRun(seed: number): Raw[] {
  const random = seeded(seed);
  const records = (sessions[Math.floor(random() * sessions.length)] ?? []).filter(
    ({ type }) => type !== 'agent_settled',
  );
  const changed = records.map((record) => (random() < 0.5 ? (mutate(record, random) as Raw) : record));
  return [...changed, mutate({ type: 'agent_settled', aborted: false }, random, ['type']) as Raw];
}

/** What the host would be sent if nothing were repaired. */
function unrepaired({ type, toolCallId, toolName, args, isError, durationMs }: Raw): unknown {
  if (type === 'tool_execution_start') return { kind: 'tool_start', toolCallId, toolName, args };
  if (type === 'tool_execution_end') return { kind: 'tool_end', toolCallId, isError, output: '', durationMs };
  return undefined;
}

test(
  `${wanted} strange records lose no run`,
  () => {
    const found = { records: 0, runs: 0, lost: [] as string[], broken: 0, calls: 0, shown: 0 };
    for (let seed = firstSeed; found.records < wanted; seed++) {
      const records = strangeRun(seed);
      const { closedBecause, ends, refused, items, shown } = playRun(records);
      found.records += records.length;
      found.runs += 1;
      for (const record of records) {
        const payload = unrepaired(record);
        if (payload === undefined) continue;
        if (record['type'] === 'tool_execution_start') found.calls += 1;
        if (!taskdApi.events.agent_output.safeParse(payload).success) found.broken += 1;
      }
      found.shown += items.filter(({ kind }) => kind === 'tool').length;
      const isWhole = new Set(items.map(({ id }) => id)).size === items.length && shown.length === items.length;
      const isLost = closedBecause !== null || ends.length !== 1 || refused > 0 || !isWhole;
      if (isLost) found.lost.push(`seed ${seed}: ${closedBecause ?? 'not the same on both sides'}`);
    }
    console.log(
      `${found.records} records, ${found.runs} runs, ${found.lost.length} lost; ${found.broken} records would have broken the contract`,
    );
    expect(found.lost.slice(0, 5)).toEqual([]);
    expect(found.broken).toBeGreaterThan(0);
    // A call may be shown for its announcement alone, when its start was lost before taskd.
    expect(found.shown).toBeGreaterThanOrEqual(found.calls);
  },
  Math.max(60_000, wanted * 5),
);

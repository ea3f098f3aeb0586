/** Runs parts one after the other. A part that fails or hangs is reported, and the others still run. */
import { publish, type Report } from '../table';

export interface Part {
  readonly name: string;
  readonly run: () => Promise<Report>;
}

/** Much longer than any part takes; its guest is then ended. */
const patienceMs = 20 * 60_000;

/** @param onLate ends a part that hangs */
async function withPatience(part: Part, onLate: () => Promise<void>): Promise<Report> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      void onLate().finally(() => reject(new Error(`${part.name} took more than ${patienceMs / 60_000} minutes`)));
    }, patienceMs);
  });
  return Promise.race([part.run(), late]).finally(() => clearTimeout(timer));
}

export interface PartResults {
  readonly reports: readonly Report[];
  readonly failures: readonly Error[];
}

/** Publishes each report as soon as it is there. */
export async function runParts(parts: readonly Part[], onLate: () => Promise<void>): Promise<PartResults> {
  const reports: Report[] = [];
  const failures: Error[] = [];
  for (const part of parts) {
    try {
      const report = await withPatience(part, onLate);
      await publish(report);
      reports.push(report);
    } catch (error) {
      console.error(`files: ${part.name} failed:`, error);
      failures.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  return { reports, failures };
}

/** Saving, testing and removing providers. Failures come back as text, shown beside the field. */
import type { AppApi } from '../../../schema/app-api';
import type { Params } from '../../../schema/rpc';
import type { App } from '../../connection/app';
import { describeError } from '../../connection/attempt';

/** A provider may take this long to answer or refuse, in `ms` */
const testTimeoutMs = 60_000;

/** Saves the given members and keeps the rest; resolves with what went wrong, or `null`. */
export const saveProvider = (app: App, provider: Params<AppApi, 'provider.save'>): Promise<string | null> =>
  app.client['provider.save'](provider).then(() => null, describeError);

/** Removes a custom provider and its key; resolves with what went wrong, or `null`. */
export const removeProvider = (app: App, name: string): Promise<string | null> =>
  app.client['provider.remove']({ name }).then(() => null, describeError);

export interface TestResult {
  /** What is wrong and what to do, or `null` when it works */
  readonly problem: string | null;
  readonly durationMs: number;
}

/** Asks the provider for one short answer. */
export async function testProvider(app: App, name: string): Promise<TestResult> {
  try {
    const { ok, problem, durationMs } = await app.client['provider.test']({ name }, { timeoutMs: testTimeoutMs });
    return { problem: ok ? null : (problem ?? 'The test failed, and the provider gave no reason.'), durationMs };
  } catch (error) {
    return { problem: describeError(error), durationMs: 0 };
  }
}

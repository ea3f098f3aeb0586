import type { AppApi } from '../../../schema/app-api';
import type { Handlers } from '../../../schema/rpc';

/** The methods whose names begin with these words. */
export type Some<Prefix extends string> = Pick<
  Handlers<AppApi>,
  Extract<keyof Handlers<AppApi>, `${Prefix}.${string}`>
>;

/** The answer of a method without a result. */
export const nothing = (): Promise<Record<string, never>> => Promise.resolve({});

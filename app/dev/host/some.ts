import type { AppApi } from '../../../schema/app-api';
import type { Handlers } from '../../../schema/rpc';

/** The methods of some nouns. */
export type Some<Prefix extends string> = Pick<
  Handlers<AppApi>,
  Extract<keyof Handlers<AppApi>, `${Prefix}.${string}`>
>;

/** The answer of a method that has none. */
export const nothing = (): Promise<Record<string, never>> => Promise.resolve({});

import { FakeHost, type FakeHostOptions } from './fake-host';
import { fakeHandlers } from './handlers';

/** A host in memory that answers the whole contract. */
export const startFakeHost = (options: FakeHostOptions): FakeHost => new FakeHost(options, fakeHandlers);

/** Clients of a contract, made from one function that performs every call. */
import type { RpcError } from './errors';
import type { CallOptions, Client, Contract } from './rpc';

type Call = (params: unknown, options?: CallOptions) => Promise<unknown>;

/** A client that passes every call to one function. */
export const clientOver = <C extends Contract>(
  contract: C,
  call: (method: string, payload: unknown, options?: CallOptions) => Promise<unknown>,
): Client<C> =>
  Object.fromEntries(
    Object.keys(contract.methods).map((name) => [
      name,
      (payload: unknown, options?: CallOptions) => call(name, payload, options),
    ]),
  ) as Client<C>;

/** A client that survives reconnects: each call goes to the current connection, or fails with `notConnected`. */
export const clientOfCurrent = <C extends Contract>(
  contract: C,
  current: () => { readonly client: Client<C> } | null,
  notConnected: () => RpcError,
): Client<C> =>
  clientOver(contract, async (name, payload, options) => {
    const connection = current();
    if (!connection) throw notConnected();
    return (connection.client[name as keyof Client<C>] as Call)(payload, options);
  });

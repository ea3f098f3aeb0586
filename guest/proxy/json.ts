/** Values that the contract carries as JSON text. */
import { ContractError } from '../../schema/capnp/contract-error';

/** Never throws: a value that JSON can't represent becomes `null`. */
export function toJson(value: unknown): string {
  try {
    // In a list, a value that JSON can't represent becomes `null`.
    return JSON.stringify([value]).slice(1, -1);
  } catch {
    return 'null';
  }
}

/** An absent value stays absent. */
export const toOptionalJson = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : toJson(value);

/**
 * @param what names the value in the message: `the input of the tool`
 * @throws ContractError `invalidInput`
 */
export function fromJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ContractError('invalidInput', `${what} isn't JSON.`, { cause: error });
  }
}

/** @throws ContractError `invalidInput` when it isn't an object */
export function objectFromJson(text: string, what: string): Record<string, unknown> {
  const value = fromJson(text, what);
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ContractError('invalidInput', `${what} isn't a JSON object.`);
}

/** A field to spread into an object; nothing when the JSON is absent. */
export const jsonField = (name: string, text: string | undefined): Readonly<Record<string, unknown>> =>
  text === undefined ? {} : { [name]: fromJson(text, name) };

/**
 * A field to spread into an object; nothing when the value is undefined, because pi distinguishes absent from
 * undefined.
 */
export const field = <K extends string, T>(name: K, value: T | undefined): { [key in K]?: T } =>
  value === undefined ? {} : ({ [name]: value } as { [key in K]?: T });

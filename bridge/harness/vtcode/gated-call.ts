/** A call of VTCode's tools in the names that rules know. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** One call, as the gate asks about it. */
export interface GatedCall {
  readonly tool: string;
  readonly input: JsonObject;
  /** Converts the changed input back to VTCode's; absent when it can't be changed */
  readonly back?: (changed: JsonObject) => JsonObject;
}

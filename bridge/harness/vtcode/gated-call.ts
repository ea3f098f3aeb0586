/** A call of VTCode's tools in the names that rules know. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** One call as the gate is asked about it. */
export interface GatedCall {
  readonly tool: string;
  readonly input: JsonObject;
  /** The input as VTCode has to be given it once a rule has changed ours; absent where it cannot be changed */
  readonly back?: (changed: JsonObject) => JsonObject;
}

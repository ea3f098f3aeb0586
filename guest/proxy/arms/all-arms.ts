/** All arms, by the name of pi's event. */
import { eventKinds } from '../../../schema/generated/pi-api';
import type { EventClass } from '../../../schema/generated/pi-api';
import { toJson } from '../json';
import type { Arm, Arms } from './arm';
import { historyArms } from './history-arms';
import { messageArms } from './message-arms';
import { personArms } from './person-arms';
import { providerArms } from './provider-arms';
import { runArms } from './run-arms';
import { sessionArms } from './session-arms';
import { toolArms } from './tool-arms';

export const arms: Arms = {
  ...sessionArms,
  ...historyArms,
  ...providerArms,
  ...runArms,
  ...messageArms,
  ...toolArms,
  ...personArms,
};

/** What the contract says about an event: whether pi waits for it, for how long, and which answers it allows. */
export interface Kind {
  readonly class: EventClass;
  /** Milliseconds */
  readonly deadlineMs: number;
  readonly responses: readonly string[];
}

const kinds = new Map<string, Kind>(eventKinds.map((kind) => [kind.name, kind]));

/** An event of a newer pi: it is sent, and an answer to it changes nothing. */
const unknownKind: Kind = { class: 'notification', deadlineMs: 5000, responses: [] };

export const kindOf = (name: string): Kind => kinds.get(name) ?? unknownKind;

/** The arm of an event; the `unknown` arm when the contract doesn't know the event. */
export const armOf = (name: string): Arm =>
  arms[name] ?? { project: (event) => ({ which: 'unknown', unknown: { name, json: toJson(event) } }) };

/** Converts the guard's question from the contract's shape to the host's, and converts the answer back. */
import { relative } from 'node:path';
import {
  actQuestion,
  actQuestionTitle,
  actVerdict,
  type ActQuestion as HostQuestion,
  type ForeseenAct,
} from '../../schema/act-questions';
import type { Act, ActAnswer, ActQuestion } from '../../schema/generated/pi-api';
import type { DialogOptions, PiUi } from './pi';

/** What the proxy adds to the question; absolute paths in the sandbox. */
export interface Asking {
  readonly workdir: string;
  /** The command as the model wrote it */
  readonly program: string;
}

/** The path below the folder, joined by `/`; `null` for the folder itself and for everything outside it. */
function below(workdir: string, path: string): string | null {
  const name = relative(workdir, path);
  return name === '' || name.startsWith('..') || name.startsWith('/') ? null : name;
}

const reasons = { privileged: 'privileged', network: 'network', longRunning: 'long_running' } as const;
const programCap = 8192;

function toHostAct({ kind, path, target }: Act, workdir: string): ForeseenAct | null {
  if (kind === 'privileged' || kind === 'network' || kind === 'longRunning') return { kind: 'run', why: reasons[kind] };
  const name = below(workdir, path);
  if (name === null) return null;
  const to = target === undefined ? null : below(workdir, target);
  if (kind === 'overwrite') return { kind: 'change', path: name, to: null };
  if (kind === 'delete') return { kind: 'delete', path: name, to: null };
  // The person can't see a file that was moved out of the folder, so it counts as deleted.
  return to === null ? { kind: 'delete', path: name, to: target ?? null } : { kind: 'rename', path: name, to };
}

/** The question for the host; `null` when no part of it concerns the person's folder or this computer. */
function toHostQuestion(question: ActQuestion, { workdir, program }: Asking): HostQuestion | null {
  const acts = question.acts.flatMap((act) => toHostAct(act, workdir) ?? []);
  if (acts.length === 0) return null;
  return actQuestion.parse({ program: program.slice(0, programCap), acts });
}

const yes: ActAnswer = { allowed: true, reason: '', scope: 'once', decidedBy: 'person' };

/** Asks the host through a pi dialog that isn't shown to anyone. No answer means no. */
export async function askHost(
  ui: Pick<PiUi, 'input'>,
  question: ActQuestion,
  asking: Asking & { readonly options: DialogOptions },
): Promise<ActAnswer> {
  const asked = toHostQuestion(question, asking);
  if (asked === null) return { ...yes, decidedBy: 'setting' };
  const answer = await ui.input(actQuestionTitle, JSON.stringify(asked), asking.options);
  if (answer === undefined) {
    return { allowed: false, reason: 'Nobody answered in time.', scope: 'once', decidedBy: 'timeout' };
  }
  const { isAllowed, reason } = actVerdict.parse(JSON.parse(answer));
  return { ...yes, allowed: isAllowed, reason };
}

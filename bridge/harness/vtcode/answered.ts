/** Finds a tool's answer in the report that VTCode puts around it. Pure. */
import { jsonOf } from '../../events/event-fields';
import type { JsonObject } from './gated-call';

export interface Reported {
  /** VTCode's own, if it gives one */
  readonly report: unknown;
  /** Text for people, which may be that report as JSON */
  readonly shown: string;
  readonly hasFailed: boolean;
}

export interface Answered {
  readonly text: string;
  readonly isError: boolean;
}

const isObject = (value: unknown): value is JsonObject => value !== null && typeof value === 'object';

const contentOf = ({ content }: JsonObject): string | undefined =>
  Array.isArray(content)
    ? content
        .map((block: unknown) => (isObject(block) && typeof block['text'] === 'string' ? block['text'] : ''))
        .join('\n')
    : undefined;

export function answeredBy({ report, shown, hasFailed }: Reported): Answered {
  const whole = [report, jsonOf(shown)].find(isObject) ?? {};
  // Over ACP the tool's own report is inside one about how the call went.
  const found = isObject(whole['result']) ? whole['result'] : whole;
  const { output, exit_code: exitCode, message, error } = found;
  const texts = [output, contentOf(found), message, error].filter((one) => typeof one === 'string');
  const isError = hasFailed || (typeof exitCode === 'number' && exitCode !== 0) || typeof error === 'string';
  return { text: texts[0] ?? shown, isError };
}

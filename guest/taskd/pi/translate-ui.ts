/** An extension's questions and lines for the person, converted from pi's shape to taskd's. Pure. */
import { actQuestionOf, actQuestionTitle } from '../../../schema/act-questions';
import { capText } from '../../../schema/loose-values';
import type { PiUiRequest } from '../../../schema/pi-records';
import { notice, output, type TaskEvent } from './task-event';

const lineCap = 2_000;
const textCap = 200_000;
const optionsCap = 500;

const deadline = (timeout: number | undefined): { timeoutMs?: number } =>
  timeout === undefined ? {} : { timeoutMs: timeout };

/** Characters of a question about acts: fits a frame with room to spare */
const actQuestionCap = 2_000_000;

/** A question about acts that can't be asked. */
export const isUnreadable = (request: PiUiRequest): boolean =>
  request.method === 'input' &&
  request.title === actQuestionTitle &&
  ((request.placeholder?.length ?? 0) > actQuestionCap || !actQuestionOf(request.title, request.placeholder));

/** The events for a request of pi's user interface. */
export function uiEvents(request: PiUiRequest): TaskEvent[] {
  switch (request.method) {
    case 'confirm': {
      const { id, method, timeout } = request;
      const [title, message] = [capText(request.title, lineCap), capText(request.message, textCap)];
      return [{ event: 'ui_request', payload: { id, method, title, message, ...deadline(timeout) } }];
    }
    case 'select': {
      const { id, method, timeout } = request;
      // An answer must equal one of the options, so they aren't shortened; too many options aren't offered.
      const options = request.options.slice(0, optionsCap).filter((option) => option.length <= lineCap);
      const title = capText(request.title, lineCap);
      return [{ event: 'ui_request', payload: { id, method, title, options, ...deadline(timeout) } }];
    }
    case 'input': {
      const { id, method, title, placeholder, timeout } = request;
      const question = actQuestionOf(title, placeholder);
      if (question) return [{ event: 'act_question', payload: { id, question } }];
      const hint = placeholder === undefined ? {} : { placeholder: capText(placeholder, lineCap) };
      const shown = { id, method, title: capText(title, lineCap), ...hint, ...deadline(timeout) };
      return [{ event: 'ui_request', payload: shown }];
    }
    case 'editor': {
      const { id, method, prefill } = request;
      const text = prefill === undefined ? {} : { prefill: capText(prefill, textCap) };
      return [{ event: 'ui_request', payload: { id, method, title: capText(request.title, lineCap), ...text } }];
    }
    case 'notify':
      return [notice(request.notifyType, request.message)];
    case 'setStatus': {
      const { statusKey, statusText } = request;
      const text = statusText === undefined ? {} : { text: capText(statusText, lineCap) };
      return [output({ kind: 'status', key: capText(statusKey, lineCap), ...text })];
    }
    case 'setWidget':
    case 'setTitle':
    case 'set_editor_text':
      return [];
  }
}

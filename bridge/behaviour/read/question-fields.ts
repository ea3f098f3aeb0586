/** Questions wait for an answer. */
import { plainTemplate } from '../template';
import { actKinds } from '../vocabulary/acts';
import { from, type BodyReaders } from './action-body';
import { keyword, milliseconds, nameText, oneOrMore, text, vector } from './reader';
import { optional, readRecord, required, withDefault } from './record';
import type { Scope } from './scope';
import { commandReader, templateFieldsReader, templateReader } from './template-reader';

/** The longest time that a question may wait, ten minutes. */
const longestQuestionMs = 600_000;

const empty = plainTemplate('');
const patience = (scope: Scope) => withDefault(milliseconds(longestQuestionMs), scope.limits.askMs);

export const questions: BodyReaders = {
  confirm: from(
    'confirm',
    (scope) => ({
      title: required(templateReader(scope)),
      message: withDefault(templateReader(scope), empty),
      timeoutMs: patience(scope),
    }),
    (read) => ({ kind: 'confirm', ...read }),
  ),
  select: from(
    'select',
    (scope, readAction) => ({
      title: required(templateReader(scope)),
      options: required(
        vector(
          (node, report) => {
            const fields = { label: required(text('a label in quotes', 200)), do: optional(readAction) };
            const read = readRecord(node, 'an option', fields, report);
            return read === undefined ? undefined : { label: read.label, action: read.do };
          },
          { least: 1, most: 20, what: 'a vector of options' },
        ),
      ),
      timeoutMs: patience(scope),
    }),
    (read, node, report) => {
      const labels = read.options.map(({ label }) => label);
      if (new Set(labels).size < labels.length) return report(node.at, 'two options have the same :label');
      return { kind: 'select', ...read };
    },
  ),
  input: from(
    'input',
    (scope) => ({
      title: required(templateReader(scope)),
      placeholder: withDefault(templateReader(scope), empty),
      timeoutMs: patience(scope),
    }),
    (read) => ({ kind: 'input', ...read }),
  ),
  editor: from(
    'editor',
    (scope) => ({
      title: required(templateReader(scope)),
      prefill: withDefault(templateReader(scope), empty),
      timeoutMs: patience(scope),
    }),
    (read) => ({ kind: 'editor', ...read }),
  ),
  'ask-act': from(
    'ask-act',
    (scope) => ({
      of: withDefault(oneOrMore(keyword(actKinds)), []),
      sentence: withDefault(templateReader(scope), { segments: [{ field: 'acts.sentence' }] }),
      timeoutMs: patience(scope),
    }),
    ({ of, sentence, timeoutMs }) => ({ kind: 'ask-act', kinds: of, sentence, timeoutMs }),
  ),
  shell: from(
    'shell',
    (scope) => ({
      command: required(commandReader(scope)),
      timeoutMs: withDefault(milliseconds(longestQuestionMs), scope.limits.shellMs),
    }),
    (read) => ({ kind: 'shell', ...read }),
  ),
  'run-tool': from(
    'run-tool',
    (scope) => ({
      tool: required(nameText),
      input: withDefault(templateFieldsReader(scope), {}),
      timeoutMs: withDefault(milliseconds(longestQuestionMs), scope.limits.toolMs),
    }),
    (read) => ({ kind: 'run-tool', ...read }),
  ),
};

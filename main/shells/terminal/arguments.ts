/** Parses what a person typed after `npm start --`. Pure. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { approvalKind, type ApprovalKind } from '../../../schema/approvals';
import { optionProblem } from '../../../node/option-problem';
import type { ReviewRequest } from './review-command';
import type { TurnRequest } from './turn-command';

export type Command =
  | { readonly kind: 'open'; readonly shell: 'auto' | 'browser' }
  | {
      readonly kind: 'run';
      readonly folder: string | null;
      readonly model: string | null;
      readonly isJson: boolean;
      /** The folder isn't changed until `apply` */
      readonly reviewsChanges: boolean;
      /** Acts on the person's files that need no question in this run */
      readonly allow: readonly ApprovalKind[];
      readonly prompt: string;
    }
  | ({ readonly kind: 'review' | 'apply' | 'discard' } & ReviewRequest)
  | ({ readonly kind: 'turns' | 'changes' | 'undo' | 'redo' } & TurnRequest)
  | { readonly kind: 'bridge'; readonly words: readonly string[] }
  | { readonly kind: 'state' | 'doctor' | 'stop' | 'help' }
  | {
      readonly kind: 'provider-add';
      readonly name: string;
      readonly baseUrl: string | null;
      readonly api: string | null;
      readonly models: readonly string[];
    }
  | { readonly kind: 'provider-list' }
  | { readonly kind: 'provider-test' | 'provider-remove'; readonly name: string };

/** The words typed aren't a command; the message says what is wrong and what is expected. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export const usage = `Piwork runs the pi agent on your tasks, in a virtual machine that sees only the folder you choose.

  npm start                                   open the window, or the page if there is no display
  npm start -- --browser                      open the page in your browser
  npm start -- run --folder DIR "PROMPT"      run one task here and print its result
      --model ID                              a model such as tour or anthropic/claude-opus-5-5 (default: your setting)
      --json                                  print one JSON object per line; the last is {"type":"settled",…}
      --allow delete,rename                   what the agent may do without asking (also: change, run);
                                              if nobody can be asked, everything else of this kind is denied
      --review                                don't change the folder until you apply the changes
                                              exit codes: 0 whole answer, 1 failed, 3 cut off at the length limit,
                                              4 empty answer, 5 refused, 6 stopped by a content filter, 7 incomplete,
                                              8 ended for an unknown reason, 130 stopped
  npm start -- review | apply [FILE]… | discard [FILE]…
                                              list the changes to review, apply them, or discard them
  npm start -- turns                          list what each turn did to files
  npm start -- changes [--turn N]             list the files that a turn changed (default: the last turn)
  npm start -- undo [--turn N] [FILE]…        undo a turn, or some of its files; your own changes are never overwritten
  npm start -- redo [--turn N]                redo what you undid
      --task ID                               the task that these commands are about (default: the latest)
      --json                                  print JSON
  npm start -- state                          print everything about the running Piwork, for a bug report
  npm start -- doctor                         check what Piwork needs on this computer
  npm start -- stop                           stop Piwork and its virtual machine
  npm start -- provider add NAME [--base-url URL] [--api openai-completions] [--model ID]…
                                              asks for the key, or reads it from standard input
  npm start -- provider list | test NAME | remove NAME
  npm start -- bridge check FILE              check a behaviour file; more with "bridge help"
`;

function parse<T extends NonNullable<ParseArgsConfig['options']>>(words: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(optionProblem(error));
  }
}

function parseRun(words: readonly string[]): Command {
  const { values, positionals } = parse(words, {
    folder: { type: 'string' },
    model: { type: 'string' },
    json: { type: 'boolean', default: false },
    allow: { type: 'string', multiple: true, default: [] },
    review: { type: 'boolean', default: false },
  });
  const prompt = positionals.join(' ').trim();
  if (prompt === '') throw new UsageError('Say what the agent should do: npm start -- run --folder DIR "PROMPT"');
  const allow = values.allow
    .flatMap((list) => list.split(','))
    .map((word) => {
      const kind = approvalKind.safeParse(word.trim());
      if (kind.success) return kind.data;
      throw new UsageError(`There is no "--allow ${word}". Use ${approvalKind.options.join(', ')}.`);
    });
  const { folder = null, model = null, json: isJson, review: reviewsChanges } = values;
  return { kind: 'run', folder, model, isJson, reviewsChanges, allow, prompt };
}

function parseTurn(kind: TurnRequest['kind'], words: readonly string[]): Command {
  const { values, positionals } = parse(words, {
    task: { type: 'string' },
    turn: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const turn = values.turn === undefined ? null : Number(values.turn);
  if (turn !== null && !(Number.isInteger(turn) && turn > 0)) throw new UsageError('A turn is a number, such as 3.');
  if (positionals.length > 0 && kind !== 'undo') throw new UsageError(`"${kind}" takes no file names.`);
  return { kind, taskId: values.task ?? null, turn, paths: positionals, isJson: values.json };
}

function parseProvider([action, ...words]: readonly string[]): Command {
  if (action !== 'list' && action !== 'add' && action !== 'test' && action !== 'remove') {
    const missing = 'Say what to do with providers, such as: npm start -- provider list';
    throw new UsageError(
      action === undefined ? missing : `There is no "provider ${action}". Use add, list, test or remove.`,
    );
  }
  if (action === 'list') return takeNothing('provider list', words, { kind: 'provider-list' });
  const { values, positionals } = parse(words, {
    'base-url': { type: 'string' },
    api: { type: 'string' },
    model: { type: 'string', multiple: true, default: [] },
    key: { type: 'string' },
  });
  if (values.key !== undefined) {
    throw new UsageError(
      "Don't pass a key as an argument: other programs can read it. Leave it out, and Piwork asks for it.",
    );
  }
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0)
    throw new UsageError(`Name one provider, such as: npm start -- provider ${action} openai`);
  if (action === 'add') {
    return {
      kind: 'provider-add',
      name,
      baseUrl: values['base-url'] ?? null,
      api: values.api ?? null,
      models: values.model,
    };
  }
  return { kind: `provider-${action}`, name };
}

/** For a command without arguments. */
function takeNothing(name: string, words: readonly string[], command: Command): Command {
  const { positionals } = parse(words, {});
  if (positionals.length > 0) throw new UsageError(`"${name}" takes no arguments.`);
  return command;
}

function parseReview(kind: ReviewRequest['kind'], words: readonly string[]): Command {
  const { values, positionals } = parse(words, { task: { type: 'string' }, json: { type: 'boolean', default: false } });
  if (positionals.length > 0 && kind === 'review') throw new UsageError('"review" takes no file names.');
  return { kind, taskId: values.task ?? null, paths: positionals, isJson: values.json };
}

/** @throws UsageError */
export function parseCommand(words: readonly string[]): Command {
  const [first, ...rest] = words;
  const ownWords = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (first !== 'bridge' && ownWords.some((word) => word === '--help' || word === '-h')) return { kind: 'help' };
  switch (first) {
    case undefined:
      return { kind: 'open', shell: 'auto' };
    case '--browser':
      return takeNothing('--browser', rest, { kind: 'open', shell: 'browser' });
    case 'run':
      return parseRun(rest);
    case 'provider':
      return parseProvider(rest);
    case 'review':
    case 'apply':
    case 'discard':
      return parseReview(first, rest);
    case 'turns':
    case 'changes':
    case 'undo':
    case 'redo':
      return parseTurn(first, rest);
    case 'bridge':
      return { kind: 'bridge', words: rest };
    case 'state':
    case 'doctor':
    case 'stop':
      return takeNothing(first, rest, { kind: first });
    case 'help':
    case '--help':
    case '-h':
      return { kind: 'help' };
    default:
      throw new UsageError(`There is no command "${first}".`);
  }
}

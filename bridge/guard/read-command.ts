/**
 * Reads a bash command to find what it is about to delete and move, without running any of it.
 *
 * It uses only the words of the command. What a program works out while it runs isn't foreseen; the file server asks
 * when it happens. So this may miss an act, but never reports one that the words don't name.
 */
import { forEachChild, parse, type Command, type SyntaxNode, type Word } from 'unbash';
import { readFind } from './read-find';
import type { CommandReading, IntendedAct, WorkingFolder } from './intended-act';
import { literalOf, pathPatterns, type PathPattern, type Variables } from './path-pattern';
import { isEndless, isPrivileged, reachesNetwork, shells, wrapperOptions, wrappers } from './programs';

/** How deep to read commands in commands, such as `bash -c` */
const depthCap = 4;
const lengthCapCharacters = 65_536;

const isWord = (part: { readonly type: string }): part is Word => part.type === 'Word';

/** The operands among the words; everything after `--` counts as one. */
function operandsOf(words: readonly Word[]): {
  readonly operands: readonly Word[];
  readonly options: readonly string[];
} {
  const end = words.findIndex(({ value }) => value === '--');
  const before = end < 0 ? words : words.slice(0, end);
  const after = end < 0 ? [] : words.slice(end + 1);
  const isOption = ({ text }: Word): boolean => text.startsWith('-') && text !== '-';
  return {
    operands: [...before.filter((word) => !isOption(word)), ...after],
    options: before.filter(isOption).map(({ value }) => value),
  };
}

class Reader {
  readonly acts: IntendedAct[] = [];
  isPrivileged = false;
  reachesNetwork = false;
  isEndless = false;

  constructor(private readonly depth: number) {}

  /** Reads a node in execution order; returns the folder in which the following commands run. */
  read(node: SyntaxNode, cwd: WorkingFolder, variables: Variables): WorkingFolder {
    switch (node.type) {
      case 'Command':
        return this.#command(node, cwd, variables);
      case 'Function':
      case 'Coproc':
        // What they do depends on where they are called.
        return cwd;
      case 'For': {
        const given = new Map(variables).set(node.name.value, node.wordlist ?? []);
        this.#children(node, cwd, given);
        return cwd;
      }
      case 'While':
        if (isAlwaysTrue(node.clause)) this.isEndless = true;
        return this.#perhaps(node, cwd, variables);
      case 'If':
      case 'Case':
      case 'Select':
        return this.#perhaps(node, cwd, variables);
      case 'AndOr': {
        let current = cwd;
        const first = node.operators.indexOf('||') + 1;
        for (const [index, command] of node.commands.entries()) {
          if (first > 0 && index >= first) this.#perhaps(command, current, variables);
          else current = this.read(command, current, variables);
        }
        return current;
      }
      case 'Subshell':
      case 'Pipeline':
      case 'CommandExpansion':
      case 'ProcessSubstitution':
        this.#children(node, cwd, variables);
        return cwd;
      default:
        return this.#children(node, cwd, variables);
    }
  }

  /** Doesn't report what happens only on a condition; the file server asks when it happens. */
  #perhaps(node: SyntaxNode, cwd: WorkingFolder, variables: Variables): WorkingFolder {
    const inner = new Reader(this.depth);
    inner.#children(node, cwd, variables);
    this.take({ ...inner.reading(), acts: [] });
    return null;
  }

  reading(): CommandReading {
    const { acts, isPrivileged, reachesNetwork: isNetwork, isEndless: goesOn } = this;
    return { acts, isPrivileged, reachesNetwork: isNetwork, isEndless: goesOn };
  }

  #children(node: SyntaxNode, cwd: WorkingFolder, variables: Variables): WorkingFolder {
    let current = cwd;
    forEachChild(node, (child) => (current = this.read(child, current, variables)));
    return current;
  }

  #command(command: Command, cwd: WorkingFolder, variables: Variables): WorkingFolder {
    // Substitutions in its words run too.
    this.#children(command, cwd, variables);
    const words = [...(command.name ? [command.name] : []), ...command.args.filter(isWord)];
    return this.#run(words, cwd, variables);
  }

  #run(words: readonly Word[], cwd: WorkingFolder, variables: Variables): WorkingFolder {
    const [first, ...rest] = words;
    const program = literalOf(first, variables)?.split('/').at(-1);
    if (program === undefined) return cwd;
    const texts = rest.map(({ value }) => value);
    if (isPrivileged(program, texts)) this.isPrivileged = true;
    if (reachesNetwork(program, texts)) this.reachesNetwork = true;
    if (isEndless(program, texts)) this.isEndless = true;
    const own = wrappers.get(program);
    if (own !== undefined) {
      this.#run(withoutWrapper(rest, own), cwd, variables);
      return cwd;
    }
    if (program === 'cd') return this.#changedFolder(rest, cwd, variables);
    if (shells.has(program)) this.#shell(rest, cwd, variables);
    else this.#fileProgram(program, rest, cwd, variables);
    return cwd;
  }

  #changedFolder(words: readonly Word[], cwd: WorkingFolder, variables: Variables): WorkingFolder {
    const [word] = operandsOf(words).operands;
    const [to, ...others] = word ? pathPatterns(word, variables) : [];
    if (!to || others.length > 0 || to.names.some((name) => 'glob' in name)) return null;
    if (to.isAbsolute) return to.names;
    return cwd === null ? null : [...cwd, ...to.names];
  }

  #shell(words: readonly Word[], cwd: WorkingFolder, variables: Variables): void {
    const at = words.findIndex(({ value }) => /^-[a-z]*c$/.test(value));
    const script = at < 0 ? null : literalOf(words[at + 1], variables);
    if (script !== null && this.depth < depthCap) this.take(readScript(script, cwd, this.depth + 1));
  }

  #fileProgram(program: string, words: readonly Word[], cwd: WorkingFolder, variables: Variables): void {
    const { operands, options } = operandsOf(words);
    switch (program) {
      case 'rm':
      case 'unlink':
      case 'rmdir':
      case 'shred':
        return this.#delete(operands, cwd, variables);
      case 'mv':
        return this.#move(words, cwd, variables);
      case 'find':
        this.acts.push(...readFind(words, cwd, variables));
        return;
      case 'git':
        if (words[0]?.value === 'rm' && !options.includes('--cached')) this.#delete(operands.slice(1), cwd, variables);
        if (words[0]?.value === 'mv') this.#move(words.slice(1), cwd, variables);
    }
  }

  #delete(words: readonly Word[], cwd: WorkingFolder, variables: Variables): void {
    for (const target of words.flatMap((word) => pathPatterns(word, variables))) {
      this.acts.push({ kind: 'delete', cwd, target });
    }
  }

  #move(words: readonly Word[], cwd: WorkingFolder, variables: Variables): void {
    const at = words.findIndex(({ value }) => value === '-t' || value === '--target-directory');
    const others = at < 0 ? words : words.filter((_, index) => index !== at && index !== at + 1);
    const { operands } = operandsOf(others);
    const last = at < 0 ? operands.at(-1) : words[at + 1];
    const [target, ...ambiguous] = last ? pathPatterns(last, variables) : [];
    if (!target || ambiguous.length > 0) return;
    const sources = (at < 0 ? operands.slice(0, -1) : operands).flatMap((word): readonly PathPattern[] =>
      pathPatterns(word, variables),
    );
    if (sources.length > 0) this.acts.push({ kind: 'move', cwd, sources, target });
  }

  take(reading: CommandReading): void {
    this.acts.push(...reading.acts);
    this.isPrivileged ||= reading.isPrivileged;
    this.reachesNetwork ||= reading.reachesNetwork;
    this.isEndless ||= reading.isEndless;
  }
}

/** `while true`, `while :` and `while sleep 1` */
function isAlwaysTrue(clause: SyntaxNode): boolean {
  let names: string[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Command') names = [...names, node.name?.value ?? ''];
    else forEachChild(node, visit);
  };
  visit(clause);
  return names.length === 1 && ['true', ':', 'sleep'].includes(names[0] ?? '');
}

/** The words from the wrapped program on. */
function withoutWrapper(words: readonly Word[], own: number): readonly Word[] {
  let left = own;
  for (let index = 0; index < words.length; index += 1) {
    const text = words[index]?.value ?? '';
    if (wrapperOptions.has(text)) index += 1;
    else if (text.startsWith('-') || /^[A-Za-z_]\w*=/.test(text)) continue;
    else if (left > 0) left -= 1;
    else return words.slice(index);
  }
  return [];
}

function readScript(text: string, cwd: WorkingFolder, depth: number): CommandReading {
  const reader = new Reader(depth);
  if (text.length <= lengthCapCharacters) reader.read(parse(text), cwd, new Map());
  return reader.reading();
}

/** What the command is about to do. `cwd` is absolute, such as `/mnt/workdir`. Never throws. */
export function readCommand(text: string, cwd: string): CommandReading {
  const names = cwd.split('/').flatMap((name) => (name === '' ? [] : [{ name }]));
  return readScript(text, names, 0);
}

/** One prompt for VTCode, which has a single place for what pi stores in several. Pure. */

/** A denied call and the reason; VTCode tells the model neither the rule nor its reason. */
export interface Denial {
  readonly what: string;
  readonly reason: string;
}

export interface PromptParts {
  readonly denials: readonly Denial[];
  /** Messages from extensions, and what they add to the model's context */
  readonly notes: readonly string[];
  readonly text: string;
}

const denialText = (denials: readonly Denial[]): string =>
  ['Tool calls that were denied before, and why:', ...denials.map(denialLine)].join('\n');

const denialLine = ({ what, reason }: Denial): string => `- ${what}: ${reason}`;

/** Blocks of text in the order in which the model reads them; what the person wrote comes last. */
export function promptBlocks({ denials, notes, text }: PromptParts): readonly { type: 'text'; text: string }[] {
  const texts = [...(denials.length === 0 ? [] : [denialText(denials)]), ...notes, text];
  return texts.filter((one) => one !== '').map((one) => ({ type: 'text', text: one }));
}

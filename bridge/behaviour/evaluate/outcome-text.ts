/** The outcome of an event, in one line for people. Pure. */
import type { Outcome } from './outcome';

/** `blocked: denied by the person`; "continues unchanged" when nothing was decided. Leaves out who decided. */
export function outcomeText(outcome: Outcome): string {
  const { verdict, reason, inputPatch, resultChange, context, resources, continuation, reply, sessionChange } = outcome;
  const parts: string[] = [];
  if (verdict === 'block') parts.push(`blocked${outcome.endsRun ? ', the run ends' : ''}: ${reason}`);
  if (verdict === 'allow') parts.push('allowed');
  if (inputPatch !== null) parts.push(`input patched: ${JSON.stringify(inputPatch)}`);
  if (resultChange !== null) parts.push(`result changed: ${JSON.stringify(resultChange)}`);
  for (const { text, to } of context) parts.push(`added to the ${to}: ${JSON.stringify(text)}`);
  const added = [...resources.skills, ...resources.prompts];
  if (added.length > 0) parts.push(`added: ${added.join(', ')}`);
  if (continuation !== null) parts.push(`continues${continuation.text === null ? '' : `: ${continuation.text}`}`);
  if (sessionChange !== null) parts.push(`session: ${sessionChange}`);
  if (reply !== null) parts.push(`replies${reply.isError ? ' with an error' : ''}: ${JSON.stringify(reply.text)}`);
  return parts.length === 0 ? 'continues unchanged' : parts.join('; ');
}

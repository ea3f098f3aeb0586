/** Finds the model that a person means. */
import { RpcError } from '../../schema/errors';
import type { ConfiguredProvider } from './configured-provider';
import { knownProviders } from './known-providers';

/** Number of letters to insert, remove or replace to turn one into the other. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_value, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

/** Names that contain the text, then those that differ by a few typing mistakes. */
const nearNames = (text: string, refs: readonly string[]): readonly string[] => {
  const wanted = text.toLowerCase();
  const score = (ref: string): number => {
    const id = ref.slice(ref.indexOf('/') + 1).toLowerCase();
    if (id.includes(wanted) || ref.toLowerCase().includes(wanted)) return 0;
    return Math.min(distance(wanted, id), distance(wanted, ref.toLowerCase()));
  };
  const limit = Math.max(2, Math.floor(text.length / 2));
  return refs
    .map((ref) => ({ ref, score: score(ref) }))
    .filter((near) => near.score <= limit)
    .sort((a, b) => a.score - b.score)
    .slice(0, 5)
    .map(({ ref }) => ref);
};

/**
 * The model as `provider/id`. Accepts that form, an id alone, or a provider alone, which means its first model. Any id
 * of a known provider is accepted, because the provider's own list is longer than ours.
 * @throws RpcError `NOT_FOUND` with similar names
 */
export function resolveModel(typed: string, providers: readonly ConfiguredProvider[]): string {
  const text = typed.trim();
  const [head = '', ...rest] = text.split('/');
  const id = rest.join('/');
  const provider = providers.find(({ name }) => name === head);
  const first = provider?.models[0];
  if (provider && id === '' && rest.length === 0 && first) return `${provider.name}/${first.id}`;
  if (provider && id !== '' && (provider.kind === 'known' || provider.models.some((model) => model.id === id))) {
    return text;
  }

  const refs = providers.flatMap(({ name, models }) => models.map((model) => `${name}/${model.id}`));
  const byId = refs.find((ref) => ref.slice(ref.indexOf('/') + 1) === text);
  if (byId !== undefined) return byId;
  const family = provider ? undefined : knownProviders.find(({ modelPrefix }) => modelPrefix?.test(text));
  if (family) return `${family.name}/${text}`;

  const near = nearNames(text, refs);
  const hint = near.length > 0 ? `Did you mean ${near.join(', ')}?` : `Choose one of ${refs.slice(0, 8).join(', ')}.`;
  throw new RpcError('NOT_FOUND', `There is no model ${text === '' ? 'without a name' : text}. ${hint}`);
}

import type { Provider } from '../../../schema/providers';
import type { Snapshot } from '../../../schema/snapshot';

type Model = Snapshot['models'][number];

export interface ModelGroup {
  readonly label: string;
  readonly models: readonly { readonly ref: string; readonly name: string }[];
}

const providerOf = (ref: string): string => ref.slice(0, ref.indexOf('/'));

/** The models that can be used now, by provider, in the order of the providers. */
export function groupModels(models: readonly Model[], providers: readonly Provider[]): readonly ModelGroup[] {
  const names = [...new Set([...providers.map(({ name }) => name), ...models.map(({ ref }) => providerOf(ref))])];
  return names
    .map((name) => ({
      label: providers.find((provider) => provider.name === name)?.label ?? name,
      models: models.filter(({ ref }) => providerOf(ref) === name),
    }))
    .filter((group) => group.models.length > 0);
}

/** A model's name; its reference when it is no longer listed. */
export const modelName = (ref: string, models: readonly Model[]): string =>
  models.find((model) => model.ref === ref)?.name ?? ref;

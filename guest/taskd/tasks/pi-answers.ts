/** pi's answers as the host accepts them: their figures and names come from providers and extensions. */
import { z } from 'zod';
import { modelRef } from '../../../schema/ids';
import { capText, readText } from '../../../schema/loose-values';
import type { EventPayload } from '../../../schema/rpc';
import type { Model, TaskdApi } from '../../../schema/taskd-api';

const nameCap = 200;
const modelsCap = 2_000;

const count = z.number().nonnegative().catch(0);
/** Any other figure counts as missing */
const contextWindow = z.number().positive().nullable().catch(null);

const piModel = z.looseObject({
  id: z.string(),
  provider: z.string(),
  name: z.unknown().optional().transform(readText),
  contextWindow,
});

/** A model of pi; `null` if it has no name that the host can use. */
export function modelOf(value: unknown): Model | null {
  const model = piModel.safeParse(value).data;
  const ref = modelRef.max(2 * nameCap).safeParse(`${model?.provider ?? ''}/${model?.id ?? ''}`);
  if (!model || !ref.success) return null;
  const window = model.contextWindow === null ? {} : { contextWindow: model.contextWindow };
  return { ref: ref.data, name: capText(model.name === '' ? model.id : model.name, nameCap), ...window };
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** The models that pi lists, without those that have no usable name. */
export const modelsOf = (answer: unknown): Model[] =>
  list(member(answer, 'models'))
    .slice(0, modelsCap)
    .flatMap((model) => modelOf(model) ?? []);

const stats = z.looseObject({
  tokens: z.looseObject({ input: count, output: count, cacheRead: count, cacheWrite: count }),
  cost: count,
  contextUsage: z
    .looseObject({ tokens: z.number().nonnegative().nullable().catch(null), contextWindow })
    .nullish()
    .catch(null),
});

/** What pi says its session has used; impossible values count as 0. */
export function usageOf(answer: unknown): EventPayload<TaskdApi, 'usage'> {
  const { tokens, cost, contextUsage } = stats.parse({ tokens: {}, ...(answer as object) });
  const { input, output, cacheRead, cacheWrite } = tokens;
  return {
    ...{ input, output, cacheRead, cacheWrite, cost },
    contextTokens: contextUsage?.tokens ?? null,
    contextWindow: contextUsage?.contextWindow ?? null,
  };
}

/** pi's session entries; anything else is left out. */
export function entriesOf(answer: unknown): { entries: Array<{ type: string }>; leafId: string | null } {
  const leafId = member(answer, 'leafId');
  const entries = list(member(answer, 'entries')).filter((entry) => typeof member(entry, 'type') === 'string');
  return { entries: entries as Array<{ type: string }>, leafId: typeof leafId === 'string' ? leafId : null };
}

const disposition = z.enum(['started', 'queued', 'handled']).catch('started');

/** The outcome of a prompt; a run has started unless pi says otherwise. */
export const dispositionOf = (answer: unknown): z.output<typeof disposition> =>
  disposition.parse(member(answer, 'disposition'));

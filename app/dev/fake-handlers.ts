/** The contract's methods, answered by a host in memory. */
import type { AppApi } from '../../schema/app-api';
import { RpcError } from '../../schema/errors';
import type { Handlers } from '../../schema/rpc';
import { extensionHandlers } from './fake-extensions';
import type { FakeHost } from './fake-host';
import { fakeHome } from './fake-folders';
import { noUsage } from './fake-data';
import { reviewHandlers } from './fake-reviews';
import { startFakeRun, stopFakeRun } from './fake-run';
import { approvalHandlers } from './fake-approvals';
import { turnHandlers } from './fake-turns';
import { startFakeVm } from './fake-vm';

const nothing = (): Promise<Record<string, never>> => Promise.resolve({});
const named = (path: string): string => path.split('/').at(-1) ?? path;

/** Handlers of one connection; `lastSeq` says the number of the last event sent on it. */
export function fakeHandlers(host: FakeHost, lastSeq: () => number): Handlers<AppApi> {
  return {
    'app.snapshot': () =>
      Promise.resolve({
        ...host.snapshot,
        seq: lastSeq(),
        tasks: [...host.tasks.values()].map((task) => task.summary),
      }),
    'app.quit': nothing,
    'app.page_address': () => Promise.reject(new RpcError('NOT_SUPPORTED', 'This host serves no page.')),
    'app.dump_state': () => Promise.resolve({ dump: {} }),
    ...taskHandlers(host),
    ...fileHandlers(host),
    ...settingHandlers(host),
    ...turnHandlers(host),
    ...approvalHandlers(host),
    ...reviewHandlers(host),
    ...extensionHandlers(host),
    'vm.start': () => {
      startFakeVm(host);
      return nothing();
    },
    'vm.stop': () => {
      host.setVm({ kind: 'stopped' });
      return nothing();
    },
  };
}

/** The methods of some nouns. */
export type Some<Prefix extends string> = Pick<
  Handlers<AppApi>,
  Extract<keyof Handlers<AppApi>, `${Prefix}.${string}`>
>;

function checkFolder(host: FakeHost, path: string): { ok: true; path: string } | { ok: false; problem: string } {
  const clean = path.replace(/^~(?=\/|$)/, fakeHome).replace(/(?<=.)\/+$/, '');
  const folder = host.folders.find((candidate) => candidate.path === clean);
  if (folder?.problem !== undefined) return { ok: false, problem: folder.problem };
  if (folder) return { ok: true, path: folder.path };
  if (!clean.startsWith(fakeHome)) {
    return { ok: false, problem: `The folder must lie below ${fakeHome}. Change the workspace root in the settings.` };
  }
  return { ok: false, problem: 'There is no such folder. Check the spelling, or choose one from the list.' };
}

function taskHandlers(host: FakeHost): Some<'task'> {
  return {
    'task.create': ({ title, folder, model, reviewsChanges }) => {
      const check = folder === null ? null : checkFolder(host, folder);
      if (check && !check.ok) throw new RpcError('WORKSPACE_POLICY_VIOLATION', check.problem);
      const taskId = `task-${host.tasks.size + 1}-${host.now().toString(36)}`;
      const workingFolder = check?.path ?? null;
      const summary = {
        taskId,
        title: title ?? (workingFolder === null ? 'New task' : named(workingFolder)),
        workingFolder,
        folderProblem: null,
        reviewsChanges: reviewsChanges ?? false,
        model: model ?? host.snapshot.settings.defaultModel,
        createdAt: host.now(),
        updatedAt: host.now(),
        activity: 'idle' as const,
        problem: null,
        promptInFlight: null,
        dialogs: [],
        usage: noUsage,
      };
      host.tasks.set(taskId, { summary, items: [], revision: 0, artifacts: [] });
      host.emit({ event: 'task.changed', taskId, payload: summary });
      return Promise.resolve({ taskId });
    },
    'task.open': ({ taskId }) => {
      host.task(taskId);
      if (host.snapshot.vm.kind === 'stopped') startFakeVm(host);
      return Promise.resolve({ mode: 'resumed' });
    },
    'task.rename': ({ taskId, title }) => {
      host.changeTask(taskId, { title });
      return nothing();
    },
    'task.remove': ({ taskId }) => {
      host.task(taskId);
      host.tasks.delete(taskId);
      host.emit({ event: 'task.removed', taskId, payload: { taskId } });
      return nothing();
    },
    'task.bind_folder': ({ taskId, folder }) => {
      const check = checkFolder(host, folder);
      if (!check.ok) throw new RpcError('WORKSPACE_POLICY_VIOLATION', check.problem);
      host.changeTask(taskId, { workingFolder: check.path, folderProblem: null });
      return nothing();
    },
    'task.set_reviewing': ({ taskId, reviewsChanges }) => {
      if (!reviewsChanges && (host.reviews.get(taskId)?.changes.length ?? 0) > 0) {
        throw new RpcError('TASK_NOT_READY', 'Changes wait for you. Apply them or give them up first.');
      }
      host.changeTask(taskId, { reviewsChanges });
      return nothing();
    },
    'task.set_model': ({ taskId, model }) => {
      host.changeTask(taskId, { model });
      return nothing();
    },
    'task.conversation': ({ taskId }) => {
      const { items, revision } = host.task(taskId);
      return Promise.resolve({ items: [...items], revision });
    },
    'task.prompt': ({ taskId, message, promptId }) => {
      startFakeRun(host, { taskId, message, promptId });
      return nothing();
    },
    'task.stop': ({ taskId }) => {
      stopFakeRun(host, taskId);
      return nothing();
    },
    'task.answer': ({ taskId, dialogId, answer }) => {
      const { summary } = host.task(taskId);
      const dialogs = summary.dialogs.filter((dialog) => dialog.id !== dialogId);
      host.changeTask(taskId, { dialogs, activity: dialogs.length > 0 ? 'needs_you' : 'running' });
      host.changeConversation(taskId, {
        type: 'add',
        item: {
          id: `answer-${dialogId}`,
          at: host.now(),
          kind: 'notice',
          level: 'info',
          text: `Answered: ${JSON.stringify(answer)}`,
        },
      });
      return nothing();
    },
  };
}

function fileHandlers(host: FakeHost): Some<'artifact'> & Some<'folder'> {
  return {
    'artifact.list': ({ taskId }) => Promise.resolve({ artifacts: [...host.task(taskId).artifacts] }),
    'artifact.preview': ({ area, path }) => {
      const preview = host.previews.get(`${area}/${path}`);
      return Promise.resolve({ preview: preview ?? { kind: 'none', reason: 'This kind of file has no preview.' } });
    },
    'artifact.upload': ({ taskId, name, dataBase64 }) => {
      const bytes = Math.floor((dataBase64.length * 3) / 4);
      const artifact = { area: 'uploads' as const, path: name, bytes, modifiedAt: host.now() };
      host.addArtifact(taskId, artifact);
      return Promise.resolve({ artifact });
    },
    'folder.pick': () => Promise.resolve({ path: `${fakeHome}/Reports` }),
    'folder.check': ({ path }) => Promise.resolve(checkFolder(host, path)),
    'folder.list': ({ path }) => {
      const below = host.folders.filter((folder) => folder.path.slice(0, folder.path.lastIndexOf('/')) === path);
      if (!host.folders.some((folder) => folder.path === path)) {
        throw new RpcError('NOT_FOUND', `There is no folder ${path}.`);
      }
      return Promise.resolve({
        path,
        parent: path === fakeHome ? null : path.slice(0, path.lastIndexOf('/')),
        folders: below.map((folder) => named(folder.path)),
      });
    },
  };
}

function settingHandlers(host: FakeHost): Some<'provider'> & Some<'settings'> {
  const changeProviders = (providers: typeof host.snapshot.providers): void => {
    host.snapshot = { ...host.snapshot, providers };
    host.emit({ event: 'models.changed', payload: { providers, models: host.snapshot.models } });
  };
  return {
    'provider.save': ({ name, key, baseUrl, api, models }) => {
      const { providers } = host.snapshot;
      const before = providers.find((provider) => provider.name === name);
      if (!before && baseUrl === undefined) throw new RpcError('INVALID_REQUEST', 'A new provider needs an address.');
      const after = {
        name,
        label: before?.label ?? name,
        baseUrl: baseUrl ?? before?.baseUrl ?? '',
        api: api ?? before?.api ?? ('openai-completions' as const),
        models: models?.map((id) => ({ id, name: id })) ?? before?.models ?? [],
        hasKey: key === undefined ? (before?.hasKey ?? false) : key !== null,
        kind: before?.kind ?? ('custom' as const),
      };
      changeProviders(
        before ? providers.map((provider) => (provider === before ? after : provider)) : [...providers, after],
      );
      return nothing();
    },
    'provider.remove': ({ name }) => {
      changeProviders(host.snapshot.providers.filter((provider) => provider.name !== name));
      return nothing();
    },
    'provider.test': ({ name }) => {
      const isKnown = host.snapshot.providers.some((provider) => provider.name === name && provider.hasKey);
      return Promise.resolve({
        ok: isKnown,
        problem: isKnown ? null : 'The provider refused the key (401). Copy it again from the provider’s page.',
        durationMs: 412,
      });
    },
    'settings.update': (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      host.snapshot = { ...host.snapshot, settings: { ...host.snapshot.settings, ...given } };
      host.emit({ event: 'settings.changed', payload: host.snapshot.settings });
      return nothing();
    },
  };
}

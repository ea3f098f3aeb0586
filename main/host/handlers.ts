/** What each method of `app-api` does. */
import type { AppApi } from '../../schema/app-api';
import type { AppInfo } from '../../schema/snapshot';
import { RpcError, toWireError } from '../../schema/errors';
import type { Handlers } from '../../schema/rpc';
import { listFolders } from '../folders/folder-list';
import { openableFile, type OpenableFile } from '../artifacts/openable-file';
import { checkWorkingFolder } from '../folders/working-folder';
import { ownPlaces } from './installation';
import type { Services } from './services';
import { dumpHost, takeSnapshot } from './snapshot';

/** What a shell can do that the host can't. */
export interface ShellAbilities {
  /** The system's folder dialog; `null` when the person closed it */
  readonly pickFolder?: () => Promise<string | null>;
  /** Opens a file in the system's program for it, or shows where it is */
  readonly openFile?: (file: OpenableFile) => Promise<void>;
  /** A new one-time address of the page */
  readonly pageAddress?: () => string;
  /** Ends Piwork */
  readonly quit?: () => void;
}

export interface HandlerOptions {
  readonly shell: AppInfo['shell'];
  readonly abilities: ShellAbilities;
  /** `seq` of the last event on this connection */
  readonly lastSeq: () => number;
}

const defaultTitle = 'New task';

export function createAppHandlers(services: Services, { shell, abilities, lastSeq }: HandlerOptions): Handlers<AppApi> {
  const { tasks, models, settings, artifacts, copies, vm, turns, reviews, approvals, extensions } = services;
  const { pickFolder, openFile, pageAddress, quit } = abilities;
  const snapshot = () => takeSnapshot(services, { shell, canPickFolder: pickFolder !== undefined, lastSeq: lastSeq() });
  const done = async (work: Promise<unknown>): Promise<Record<string, never>> => {
    await work;
    return {};
  };
  const handlers: Handlers<AppApi> = {
    'app.snapshot': () => Promise.resolve(snapshot()),
    'app.quit': async () => {
      // After the answer is sent.
      setImmediate(() => quit?.());
      return Promise.resolve({});
    },
    'app.page_address': async () => {
      if (!pageAddress)
        throw new RpcError('NOT_SUPPORTED', 'Piwork is already open in its own window. Use that window.');
      return Promise.resolve({ url: pageAddress() });
    },
    'app.dump_state': async () => ({ dump: await dumpHost(services, snapshot()) }),

    'task.create': async ({ title, folder, reviewsChanges = false, model }) => {
      const chosen = model === undefined ? settings.current.defaultModel : models.resolve(model);
      return {
        taskId: await tasks.create({ title: title?.trim() || defaultTitle, folder, reviewsChanges, model: chosen }),
      };
    },
    'task.open': async ({ taskId }) => ({ mode: await tasks.open(taskId) }),
    'task.rename': ({ taskId, title }) => done(tasks.rename(taskId, title)),
    'task.remove': ({ taskId }) => done(tasks.remove(taskId)),
    'task.bind_folder': ({ taskId, folder }) => done(tasks.bindFolder(taskId, folder)),
    'task.set_reviewing': (request) => done(reviews.setReviewing(request)),
    'task.set_model': ({ taskId, model }) => done(tasks.setModel(taskId, models.resolve(model))),
    'task.conversation': ({ taskId }) => tasks.conversation(taskId),
    'task.prompt': ({ taskId, message, promptId, approvals: allowed }) =>
      done(tasks.prompt(taskId, message, promptId, allowed)),
    'task.stop': ({ taskId }) => done(tasks.stop(taskId)),
    'task.answer': ({ taskId, dialogId, answer }) => done(tasks.answer(taskId, dialogId, answer)),

    'artifact.list': async ({ taskId }) => ({ artifacts: await artifacts.list(taskId) }),
    'artifact.preview': async ({ taskId, area, path }) => ({ preview: await artifacts.preview(taskId, area, path) }),
    'artifact.upload': async ({ taskId, name, dataBase64 }) => {
      const artifact = await artifacts.upload(taskId, name, dataBase64);
      tasks.artifactsChanged.emit(taskId);
      return { artifact };
    },

    'turn.list': async ({ taskId }) => ({ turns: await turns.list(taskId) }),
    'turn.changes': (request) => turns.changes(request),
    'turn.compare': (request) => turns.compare(request),
    'turn.plan': (request) => turns.plan(request),
    'turn.take_back': (request) => turns.takeBack(request),
    'turn.cancel': ({ taskId }) => done(turns.cancel(taskId)),
    'review.changes': ({ taskId }) => reviews.changes(taskId),
    'review.compare': (request) => reviews.compare(request),
    'review.apply': (request) => reviews.apply(request),
    'review.discard': (request) => reviews.discard(request),
    'file.open': async ({ taskId, area, path }) => {
      if (!openFile) throw new RpcError('NOT_SUPPORTED', "Piwork can't open files here. Find the file in its folder.");
      await openFile(
        await openableFile({ files: services.files.client, copies, places: tasks.places(taskId) }, area, path),
      );
      return {};
    },

    'approval.answer': async ({ id, answer }) => {
      approvals.answer(id, answer);
      return Promise.resolve({});
    },
    'approval.log': async ({ taskId }) => ({ entries: [...(await approvals.log(taskId))] }),
    'grant.revoke': async ({ id }) => {
      await approvals.revoke(id);
      return {};
    },

    'folder.pick': async () => {
      if (!pickFolder)
        throw new RpcError('NOT_SUPPORTED', "Piwork can't show a folder dialog here. Type the path instead.");
      return { path: await pickFolder() };
    },
    'folder.check': async ({ path }) => {
      try {
        return { ok: true, path: await checkWorkingFolder(path, ownPlaces(services.options)) };
      } catch (error) {
        return { ok: false, problem: toWireError(error).message };
      }
    },
    'folder.list': ({ path }) => listFolders(path),

    'provider.save': (change) => done(models.save(change)),
    'provider.remove': ({ name }) => done(models.remove(name)),
    'provider.test': ({ name }) => models.test(name),

    'settings.update': (change) => done(settings.update(change)),

    'extension.list': async () => ({ folder: extensions.folder, extensions: await extensions.list() }),
    'extension.set_on': ({ name, isOn }) => done(extensions.setOn(name, isOn)),
    'extension.reload': async () => {
      extensions.reload();
      return Promise.resolve({});
    },

    'vm.start': () => done(vm.start()),
    'vm.stop': () => done(vm.stop()),
  };
  return handlers;
}

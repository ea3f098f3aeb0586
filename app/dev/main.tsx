/** Opens one scene: `/dev/index.html?scene=streaming`; `&theme=dark` sets its theme. Never part of the build. */
import '../connection/no-eval';
import { browserScheduler } from '../connection/scheduler';
import { mountApp } from '../mount-app';
import { startFakeHost } from './host/start';
import { scenes } from './scenes/scenes';
import { sceneSnapshot } from './scenes/scene';

const query = new URLSearchParams(location.search);
const name = query.get('scene') ?? 'tasks';
const makeScene = scenes[name];
if (!makeScene) throw new Error(`There is no scene ${name}. Scenes: ${Object.keys(scenes).join(', ')}.`);

const scene = makeScene(Date.now());
const snapshot = sceneSnapshot(scene);
const theme = query.get('theme');
const host = startFakeHost({
  snapshot: {
    ...snapshot,
    settings: { ...snapshot.settings, theme: theme === 'dark' || theme === 'light' ? theme : 'system' },
  },
  tasks: scene.tasks ?? [],
  previews: scene.previews ?? {},
  turns: scene.turns ?? {},
  reviews: scene.reviews ?? {},
  now: () => Date.now(),
  after: (delayMs, run) => browserScheduler.after(delayMs, run),
});

/** A scene starts with nothing stored, except the task that it shows. */
const storage = {
  getItem: (key: string) =>
    key === 'piwork-theme'
      ? theme
      : JSON.stringify({ drafts: {}, selectedTaskId: scene.selected ?? null, isPanelOpen: true, dismissed: [] }),
  setItem: () => undefined,
};

const shell = {
  openTransport: () => host.openTransport(),
  findCause: () => Promise.resolve('away' as const),
};

mountApp({ shell: scene.hasSession === false ? null : shell, storage });
Object.assign(window, { fakeHost: host });
scene.play?.(host);

import type { Preview } from '../../../schema/artifacts';
import type { Snapshot } from '../../../schema/snapshot';
import type { FakeReview } from '../data/reviews';
import { fakeSnapshot } from '../data/snapshot';
import type { FakeTask } from '../data/tasks';
import type { FakeTurn } from '../data/turns';
import type { FakeHost } from '../host/fake-host';

/** A named state of the page. */
export interface Scene {
  readonly snapshot?: Partial<Omit<Snapshot, 'seq' | 'tasks'>>;
  readonly tasks?: readonly FakeTask[];
  readonly previews?: Readonly<Record<string, Preview>>;
  readonly turns?: Readonly<Record<string, readonly FakeTurn[]>>;
  readonly reviews?: Readonly<Record<string, FakeReview>>;
  /** Shown first */
  readonly selected?: string;
  /** `false` is a browser without a session */
  readonly hasSession?: boolean;
  /** What happens after the page has loaded */
  readonly play?: (host: FakeHost) => void;
}

/** Makes each scene as of a moment. */
export type Scenes = Readonly<Record<string, (now: number) => Scene>>;

/** The first message of a scene's host. */
export const sceneSnapshot = (scene: Scene): Omit<Snapshot, 'seq' | 'tasks'> => ({
  ...fakeSnapshot,
  ...scene.snapshot,
});

/** What the page runs on: its state, and the host that changes it. */
import type { AppStore } from '../store/app-store';
import type { AppClient } from './client';

export interface App {
  readonly store: AppStore;
  readonly client: AppClient;
}

/** The page's one store: what the host says, and what only this page knows. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { emptyHost, type HostState } from './host-state';
import { openTask } from './task-content';
import { initialUi, type OpenDialogName, type UiState } from './ui-state';

export interface AppState {
  readonly host: HostState;
  readonly ui: UiState;
}

export type AppStore = StoreApi<AppState>;

/** A store with nothing from the host yet. */
export const createAppStore = (ui: Partial<UiState> = {}): AppStore =>
  createStore<AppState>(() => ({ host: emptyHost, ui: { ...initialUi, ...ui } }));

/** Changes the host part by a pure function. */
export const updateHost = (store: AppStore, change: (host: HostState) => HostState): void =>
  store.setState((state) => ({ host: change(state.host) }));

/** Changes the page's own part. */
export const updateUi = (store: AppStore, change: Partial<UiState> | ((ui: UiState) => Partial<UiState>)): void =>
  store.setState((state) => ({
    ui: { ...state.ui, ...(typeof change === 'function' ? change(state.ui) : change) },
  }));

/** Changes both parts in one step, so that nobody sees one without the other. */
export const updateBoth = (store: AppStore, change: (state: AppState) => AppState): void =>
  store.setState((state) => change(state));

/** Opens a dialog over everything else; drawers close, so that only one thing is in front. */
export const openDialog = (store: AppStore, dialog: OpenDialogName, change: Partial<UiState> = {}): void =>
  updateUi(store, { dialog, isSidebarOpen: false, isDrawerOpen: false, ...change });

/** Shows a task and clears its unread mark. */
export function selectTask(store: AppStore, taskId: string | null): void {
  updateUi(store, (ui) => ({
    selectedTaskId: taskId,
    isSidebarOpen: false,
    previewed: null,
    compared: null,
    unread: Object.fromEntries(Object.entries(ui.unread).filter(([id]) => id !== taskId)),
  }));
  if (taskId !== null) updateHost(store, (host) => openTask(host, taskId));
}

/** Gives components the store and the client. Components only read the store and call actions. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { App } from '../../connection/app';
import type { AppState } from '../../store/app-store';

export const AppContext = createContext<App | null>(null);

/** The page's store and client. Throws outside the provider. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('AppContext is missing: render below <AppContext value={app}>.');
  return app;
}

/** The selected part of the state; select the smallest value, and a stable one. */
export const useAppState = <T>(select: (state: AppState) => T): T => useStore(useApp().store, select);

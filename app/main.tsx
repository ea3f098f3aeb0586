import './connection/no-eval';
import { mountApp } from './mount-app';
import { findShell, type ShellWindow } from './connection/client';

void findShell(window as unknown as ShellWindow).then((shell) => mountApp({ shell, storage: window.localStorage }));

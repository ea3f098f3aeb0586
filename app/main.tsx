import './connection/no-eval';
import { mountApp } from './mount-app';
import { findShell } from './connection/client';
import type { ShellWindow } from './connection/shell-window';

void findShell(window as unknown as ShellWindow).then((shell) => mountApp({ shell, storage: window.localStorage }));

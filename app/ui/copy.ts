import type { App } from '../app-context';
import { toast } from '../attempt';

/** Copies a text; false, with a message, where the browser refuses. */
export async function copyText(app: App, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    toast(app, 'error', 'Copying was refused', 'Select the text and copy it with the keyboard.');
    return false;
  }
}

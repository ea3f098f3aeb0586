import { createContext, use } from 'react';

/** Shows a short message; `text` says what to do. */
export type ReportProblem = (title: string, text: string) => void;

/** Where the parts of `ui` report problems; the page shows them. */
export const ReportContext = createContext<ReportProblem>(() => undefined);

/** A function that copies a text; returns false, after a report, if the browser refuses. */
export function useCopy(): (text: string) => Promise<boolean> {
  const report = use(ReportContext);
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Expected where the browser or the person forbids access to the clipboard.
      report("Couldn't copy", 'Select the text and copy it with the keyboard.');
      return false;
    }
  };
}

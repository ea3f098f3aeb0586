import { FolderX } from 'lucide-react';

/** Why the task's folder cannot be used now, and what to do. */
export const FolderProblem = ({ problem }: { readonly problem: string }) => (
  <section
    aria-label="Folder problem"
    className="flex items-start gap-2.5 border-b border-line bg-warn-soft px-6 py-2.5 text-base"
  >
    <FolderX aria-hidden size={16} className="mt-0.5 shrink-0 text-warn" />
    <p className="min-w-0 break-words">
      <span className="font-medium text-warn">The folder cannot be used now. </span>
      {problem}
    </p>
  </section>
);

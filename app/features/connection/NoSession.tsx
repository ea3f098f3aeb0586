import { Mark } from '../../ui/Mark';

/** The whole page, when this browser may not talk to the host. */
export const NoSession = () => (
  <main className="flex h-full overflow-y-auto px-6">
    <div className="m-auto w-full max-w-[28rem] py-10">
      <Mark size={40} />
      <h1 className="mt-5 text-display font-semibold tracking-tight">This link no longer works</h1>
      <p className="mt-2 text-read text-soft">
        Piwork's link works once, in one browser, so that nobody else on this computer can use it. This one was already
        used, or Piwork has restarted since.
      </p>
      <p className="mt-5 text-read">Run this in the Piwork folder, then open the link it prints:</p>
      <pre
        tabIndex={0}
        role="group"
        aria-label="Command"
        className="mt-3 rounded-card border border-line bg-sunken px-4 py-3 font-mono text-base"
      >
        npm start
      </pre>
      <p className="mt-5 text-read text-soft">
        A new tab needs a new link too, unless Piwork is open in another tab of this browser.
      </p>
      <p className="mt-5 text-base text-faint">Your tasks and files are safe.</p>
    </div>
  </main>
);

import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { useApp } from '../state/app-context';
import { Button } from '../../ui/Button';
import { formatDuration } from '../../ui/format';
import { testProvider, type TestResult } from './provider-actions';

/** Asks the provider for one short answer, and shows the result. */
export function ProviderTest({ name }: { readonly name: string }) {
  const app = useApp();
  const [result, setResult] = useState<TestResult | 'running' | null>(null);
  const run = (): void => {
    setResult('running');
    void testProvider(app, name).then(setResult);
  };
  return (
    <>
      <Button disabled={result === 'running'} onClick={run}>
        {result === 'running' && <LoaderCircle aria-hidden size={14} className="status-spin" />}
        Test
      </Button>
      <p role="status" aria-label="Test result" className="order-last w-full text-base empty:hidden">
        {result !== null && result !== 'running' && <Result result={result} />}
      </p>
    </>
  );
}

const Result = ({ result }: { readonly result: TestResult }) =>
  result.problem === null ? (
    <span className="flex items-center gap-1.5 text-accent">
      <CircleCheck aria-hidden size={15} className="shrink-0" />
      It works. The answer took {formatDuration(result.durationMs)}.
    </span>
  ) : (
    <span className="flex items-start gap-1.5 text-danger">
      <CircleAlert aria-hidden size={15} className="mt-0.5 shrink-0" />
      {result.problem}
    </span>
  );

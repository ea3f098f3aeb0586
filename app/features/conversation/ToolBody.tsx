import type { ReactNode } from 'react';
import { CopyButton } from '../../ui/CopyButton';
import { Highlighted } from '../../ui/Highlighted';
import { toolInput, type Edit, type ToolInput, type ToolItem } from './ToolCard.logic';

/** A tool's input and output. */
export function ToolBody({ item }: { readonly item: ToolItem }) {
  return (
    <div className="divide-y divide-line border-t border-line bg-sunken">
      <Input input={toolInput(item)} />
      <Section title="Result" copied={item.output}>
        {item.output === '' ? (
          <p className="text-small text-faint">{item.status === 'running' ? 'No output yet.' : 'No output.'}</p>
        ) : (
          <Text label="Result">{item.output}</Text>
        )}
      </Section>
    </div>
  );
}

function Input({ input }: { readonly input: ToolInput }) {
  switch (input.kind) {
    case 'command':
      return (
        <Section title="Command" copied={input.text}>
          <Text label="Command">
            <Highlighted code={input.text} language="bash" />
          </Text>
        </Section>
      );
    case 'content':
      return (
        <Section title="Content" copied={input.text}>
          <Text label="Content">
            <Highlighted code={input.text} language={input.path.split('.').at(-1) ?? ''} />
          </Text>
        </Section>
      );
    case 'edits':
      return (
        <Section title="Changes">
          {input.edits.map((edit, index) => (
            <EditLines key={index} edit={edit} />
          ))}
        </Section>
      );
    case 'fields':
      return (
        <Section title="Input">
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 font-mono text-small">
            {input.fields.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-faint">{name}</dt>
                <dd className="min-w-0 break-all whitespace-pre-wrap">{value}</dd>
              </div>
            ))}
          </dl>
        </Section>
      );
  }
}

interface SectionProps {
  readonly title: string;
  readonly copied?: string;
  readonly children: ReactNode;
}

const Section = ({ title, copied, children }: SectionProps) => (
  <section className="px-3 py-2">
    <p className="mb-1 flex h-6 items-center justify-between text-small font-medium text-faint">
      {title}
      {Boolean(copied) && <CopyButton text={copied ?? ''} label={`Copy ${title.toLowerCase()}`} className="size-6" />}
    </p>
    {children}
  </section>
);

const Text = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <pre
    tabIndex={0}
    role="group"
    aria-label={label}
    className="max-h-80 overflow-auto font-mono text-small whitespace-pre-wrap break-words text-ink"
  >
    {children}
  </pre>
);

const EditLines = ({ edit }: { readonly edit: Edit }) => (
  <pre className="mb-2 overflow-x-auto rounded-base border border-line font-mono text-small last:mb-0">
    {edit.before !== '' && (
      <del className="block bg-danger-soft px-2 py-1 text-danger no-underline">{prefixed('− ', edit.before)}</del>
    )}
    {edit.after !== '' && (
      <ins className="block bg-accent-soft px-2 py-1 text-accent no-underline">{prefixed('+ ', edit.after)}</ins>
    )}
  </pre>
);

const prefixed = (mark: string, lines: string): string =>
  lines
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => mark + line)
    .join('\n');

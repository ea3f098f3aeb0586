import { ImageOff } from 'lucide-react';
import { createContext, memo, useContext, type ReactNode } from 'react';
import ReactMarkdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './CodeBlock';
import { linkTarget, namesHost, splitMarkdown } from './Markdown.logic';

const Growing = createContext(false);

const plugins = [remarkGfm];

/** The text below a node of the parsed document. */
function textOf(node: NonNullable<ExtraProps['node']>): string {
  return node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('');
}

function Link({ href, node, children }: { href?: string | undefined; children?: ReactNode } & ExtraProps) {
  const target = linkTarget(href);
  if (target.kind === 'none') return <span title={href}>{children}</span>;
  const isHostSaid = node !== undefined && namesHost(textOf(node), target.host);
  return (
    <a
      href={target.href}
      title={target.href}
      target="_blank"
      rel="noreferrer"
      className="text-accent underline decoration-accent/40 underline-offset-[3px] hover:decoration-accent"
    >
      {children}
      {!isHostSaid && <span className="text-small text-faint no-underline"> ({target.host})</span>}
    </a>
  );
}

/** Loading a picture from elsewhere would reveal that it is viewed, so only its name is shown. */
function Picture({ src, alt }: { src?: unknown; alt?: string | undefined }) {
  const target = linkTarget(typeof src === 'string' ? src : undefined);
  const name = alt ? `“${alt}”` : 'without a name';
  return (
    <span
      role="img"
      aria-label={`Picture ${name}, not loaded`}
      className="inline-flex items-center gap-1.5 rounded-base border border-dashed border-line-strong px-2 py-0.5 text-small text-soft"
    >
      <ImageOff aria-hidden size={14} />
      Picture {name}, not loaded{target.kind === 'remote' ? ` from ${target.host}` : ''}
    </span>
  );
}

function Code({ node }: ExtraProps) {
  const isGrowing = useContext(Growing);
  const code = node?.children.find((child) => child.type === 'element');
  const names = code?.properties.className;
  const language = (Array.isArray(names) ? names : []).map(String).find((name) => name.startsWith('language-'));
  return (
    <CodeBlock
      code={code ? textOf(code).replace(/\n$/, '') : ''}
      language={language?.slice('language-'.length) ?? ''}
      isGrowing={isGrowing}
    />
  );
}

/** A checkbox of a task list; it can't be clicked. */
const Box = ({ checked }: { checked?: boolean | undefined }) => (
  <input type="checkbox" checked={checked ?? false} disabled aria-label={checked ? 'Done' : 'Not done'} readOnly />
);

const components: Components = {
  a: Link,
  img: Picture,
  input: Box,
  pre: Code,
  table: ({ children }) => (
    <div tabIndex={0} role="group" aria-label="Table" className="overflow-x-auto">
      <table>{children}</table>
    </div>
  ),
};

const Piece = memo(function Piece({ text }: { readonly text: string }) {
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components}>
      {text}
    </ReactMarkdown>
  );
});

/** Markdown from the agent. Nothing in it is loaded from elsewhere, and its HTML isn't used. */
export const Markdown = memo(function Markdown({
  text,
  isGrowing = false,
}: {
  readonly text: string;
  readonly isGrowing?: boolean;
}) {
  const pieces = isGrowing ? splitMarkdown(text) : [text];
  return (
    <div className="prose">
      {pieces.map((piece, index) => (
        <Growing key={index} value={isGrowing && index === pieces.length - 1}>
          <Piece text={piece} />
        </Growing>
      ))}
    </div>
  );
});

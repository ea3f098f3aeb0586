import { CopyButton } from './CopyButton';
import { Highlighted } from './Highlighted';

export interface CodeBlockProps {
  readonly code: string;
  readonly language: string;
  /** Plain while the text grows: otherwise all of it would be highlighted again in each frame */
  readonly isGrowing?: boolean;
}

/** A block of code with its language and a copy button. */
export function CodeBlock({ code, language, isGrowing = false }: CodeBlockProps) {
  return (
    <figure className="overflow-hidden rounded-card border border-line bg-sunken">
      <figcaption className="flex h-8 items-center justify-between border-b border-line pr-1 pl-3 text-small text-faint">
        {language === '' ? 'text' : language}
        <CopyButton text={code} label="Copy code" className="size-6" />
      </figcaption>
      <pre
        tabIndex={0}
        role="group"
        aria-label={language === '' ? 'Code' : `${language} code`}
        className="overflow-x-auto px-3.5 py-3 font-mono text-[12.5px] leading-[1.6] -outline-offset-2"
      >
        <code className="!text-[1em]">{isGrowing ? code : <Highlighted code={code} language={language} />}</code>
      </pre>
    </figure>
  );
}

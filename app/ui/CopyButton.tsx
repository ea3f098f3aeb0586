import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useCopy } from './copy';
import { IconButton } from './IconButton';

/** Copies a text; its icon shows success until the pointer or the focus leaves. */
export function CopyButton({
  text,
  label = 'Copy',
  className,
}: {
  readonly text: string;
  readonly label?: string;
  readonly className?: string;
}) {
  const copy = useCopy();
  const [isCopied, setIsCopied] = useState(false);
  const forget = (): void => setIsCopied(false);
  return (
    <IconButton
      icon={isCopied ? Check : Copy}
      label={isCopied ? 'Copied' : label}
      className={className}
      onClick={() => void copy(text).then(setIsCopied)}
      onPointerLeave={forget}
      onBlur={forget}
    />
  );
}

import { useEffect, useState } from 'react';
import type { ThemedToken } from 'shiki/core';
import { highlight } from './highlighter';

interface Highlight {
  readonly code: string;
  readonly lines: readonly (readonly ThemedToken[])[];
}

/** Code with its colours; plain until the language has loaded, or if it is unknown. */
export function Highlighted({ code, language }: { readonly code: string; readonly language: string }) {
  const [highlighted, setHighlighted] = useState<Highlight | null>(null);
  // Syncs with the highlighter, which loads languages by itself.
  useEffect(() => {
    let isWanted = true;
    highlight(code, language)
      .then((lines) => {
        if (isWanted && lines) setHighlighted({ code, lines });
      })
      .catch((error: unknown) => {
        // The code is shown without colours; nothing else is lost.
        console.warn('Code could not be highlighted', error);
      });
    return () => {
      isWanted = false;
    };
  }, [code, language]);

  if (highlighted?.code !== code) return code;
  return highlighted.lines.map((line, index) => (
    <span key={index}>
      {index > 0 && '\n'}
      {line.map((token, at) => (
        <span key={at} style={token.color === undefined ? undefined : { color: token.color }}>
          {token.content}
        </span>
      ))}
    </span>
  ));
}

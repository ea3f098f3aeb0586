// Generated from schema/capnp/corpus/every_kind.capnp by scripts/capnp.mjs: change the schema, then run it again.
import type { CallOptions } from '../capnp/call-options';

/** Of a lamp */
export type Colour = (typeof colourValues)[number];

/** Every value of `Colour`, in the order of the schema. */
export const colourValues = ['red', 'green', 'blue'] as const;

/** Each scalar, without and with a default */
export interface Numbers {
  readonly aBool: boolean;
  readonly aBoolTrue: boolean;
  readonly int8: number;
  readonly int8Less: number;
  readonly int16: number;
  readonly int16Less: number;
  readonly int32: number;
  readonly int32Less: number;
  readonly int64: bigint;
  readonly int64Less: bigint;
  readonly uint8: number;
  readonly uint8More: number;
  readonly uint16: number;
  readonly uint16More: number;
  readonly uint32: number;
  readonly uint32More: number;
  readonly uint64: bigint;
  readonly uint64More: bigint;
  readonly float32: number;
  readonly float32More: number;
  readonly float64: number;
  readonly float64More: number;
  readonly colour: Colour;
  readonly colourBlue: Colour;
}

export interface Pointers {
  readonly text: string;
  readonly textMore: string;
  readonly data: Uint8Array;
  readonly dataMore: Uint8Array;
  readonly maybeText?: string | undefined;
  readonly maybeData?: Uint8Array | undefined;
  readonly maybeList?: readonly string[] | undefined;
  readonly maybeSelf?: Pointers | undefined;
  readonly maybeNumber?: number | undefined;
  readonly number: number;
  readonly maybeBoxedText?: string | undefined;
  readonly maybeEmpty?: Empty | undefined;
}

export type Empty = Readonly<Record<never, never>>;

export interface Lists {
  readonly bools: readonly boolean[];
  readonly int8s: readonly number[];
  readonly int16s: readonly number[];
  readonly int32s: readonly number[];
  readonly int64s: readonly bigint[];
  readonly uint8s: readonly number[];
  readonly uint16s: readonly number[];
  readonly uint32s: readonly number[];
  readonly uint64s: readonly bigint[];
  readonly float32s: readonly number[];
  readonly float64s: readonly number[];
  readonly texts: readonly string[];
  readonly datas: readonly Uint8Array[];
  readonly colours: readonly Colour[];
  readonly shapes: readonly Shape[];
  readonly matrix: readonly (readonly number[])[];
  readonly empties: readonly Empty[];
}

/** A union beside other fields, with arms of each kind */
export type Shape = {
  readonly name: string;
} & (
  | {
      /** No area */
      readonly which: 'nothing';
    }
  | { readonly which: 'radius'; readonly radius: number }
  | { readonly which: 'corners'; readonly corners: readonly ShapeCorner[] }
  | { readonly which: 'label'; readonly label: ShapeLabel }
  | { readonly which: 'nested'; readonly nested: Shape }
  | { readonly which: 'filled'; readonly filled: ShapeFilled }
);

export interface ShapeLabel {
  readonly text: string;
  readonly size: number;
}

export type ShapeFilled =
  { readonly which: 'with'; readonly with: Colour } | { readonly which: 'byImage'; readonly byImage: string };

export interface ShapeCorner {
  readonly x: number;
  readonly y: number;
}

/** A group and a named union that are no arms */
export interface Framed {
  readonly frame: FramedFrame;
  readonly content: FramedContent;
}

export interface FramedFrame {
  readonly width: number;
  readonly height: number;
}

export type FramedContent = { readonly which: 'empty' } | { readonly which: 'shape'; readonly shape: Shape };

export interface Listener {
  readonly heard: (input: Framed, call?: CallOptions) => Promise<Empty>;
}

export interface Subscription {
  readonly listener: Listener;
  readonly times: number;
}

export interface Speaker {
  readonly echo: (input: Lists, call?: CallOptions) => Promise<Lists>;
  readonly subscribe: (input: Subscription, call?: CallOptions) => Promise<Pointers>;
  readonly measure: (input: Numbers, call?: CallOptions) => Promise<Numbers>;
}

export interface Row {
  readonly key: string;
  readonly colour: Colour;
  readonly count: number;
  readonly words: readonly string[];
}

export const answer = 42 as const;

export const motto = 'say what you mean' as const;

export const rows = [
  {
    key: 'one',
    colour: 'green',
    count: 1,
    words: ['a', 'b'],
  },
  {
    key: 'two',
    colour: 'blue',
    count: 2,
    words: [],
  },
] as const satisfies readonly Row[];

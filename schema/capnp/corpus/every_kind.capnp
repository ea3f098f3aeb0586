@0xf8c365f74600b3e1;

# Every kind of thing that the generator knows, for its tests. Part of no contract.

annotation optional @0xdb748f2b38a1aad7 (field) :Void;
annotation boxed @0x8029c13d24ad710a (struct) :Void;
annotation deadlineMs @0x8bc960d27b8d2335 (method) :UInt32;

enum Colour {
  # Of a lamp
  red @0;
  green @1;
  blue @2;
}

struct BoxedNumber $boxed {
  value @0 :Float64;
}

struct BoxedText $boxed {
  value @0 :Text;
}

struct Numbers {
  # Each scalar, without and with a default
  aBool @0 :Bool;
  aBoolTrue @1 :Bool = true;
  int8 @2 :Int8;
  int8Less @3 :Int8 = -5;
  int16 @4 :Int16;
  int16Less @5 :Int16 = -500;
  int32 @6 :Int32;
  int32Less @7 :Int32 = -500000;
  int64 @8 :Int64;
  int64Less @9 :Int64 = -5000000000;
  uint8 @10 :UInt8;
  uint8More @11 :UInt8 = 200;
  uint16 @12 :UInt16;
  uint16More @13 :UInt16 = 60000;
  uint32 @14 :UInt32;
  uint32More @15 :UInt32 = 4000000000;
  uint64 @16 :UInt64;
  uint64More @17 :UInt64 = 10000000000000000000;
  float32 @18 :Float32;
  float32More @19 :Float32 = 1.5;
  float64 @20 :Float64;
  float64More @21 :Float64 = -0.1;
  colour @22 :Colour;
  colourBlue @23 :Colour = blue;
}

struct Pointers {
  text @0 :Text;
  textMore @1 :Text = "as said before";
  data @2 :Data;
  dataMore @3 :Data = 0x"0102 ff";
  maybeText @4 :Text $optional;
  maybeData @5 :Data $optional;
  maybeList @6 :List(Text) $optional;
  maybeSelf @7 :Pointers $optional;
  maybeNumber @8 :BoxedNumber $optional;
  number @9 :BoxedNumber;
  maybeBoxedText @10 :BoxedText $optional;
  maybeEmpty @11 :Empty $optional;
}

struct Empty {}

struct Lists {
  bools @0 :List(Bool);
  int8s @1 :List(Int8);
  int16s @2 :List(Int16);
  int32s @3 :List(Int32);
  int64s @4 :List(Int64);
  uint8s @5 :List(UInt8);
  uint16s @6 :List(UInt16);
  uint32s @7 :List(UInt32);
  uint64s @8 :List(UInt64);
  float32s @9 :List(Float32);
  float64s @10 :List(Float64);
  texts @11 :List(Text);
  datas @12 :List(Data);
  colours @13 :List(Colour);
  shapes @14 :List(Shape);
  matrix @15 :List(List(Float64));
  empties @16 :List(Empty);
}

struct Shape {
  # A union beside other fields, with arms of each kind
  name @0 :Text;
  union {
    nothing @1 :Void;
    # No area
    radius @2 :Float64;
    corners @3 :List(Corner);
    label :group {
      text @4 :Text;
      size @5 :UInt16 = 12;
    }
    nested @6 :Shape;
    filled :union {
      with @7 :Colour;
      byImage @8 :Text;
    }
  }

  struct Corner {
    x @0 :Float64;
    y @1 :Float64;
  }
}

struct Framed {
  # A group and a named union that are no arms
  frame :group {
    width @0 :UInt16;
    height @1 :UInt16;
  }
  content :union {
    empty @2 :Void;
    shape @3 :Shape;
  }
}

interface Listener {
  heard @0 Framed -> Empty $deadlineMs(1000);
}

struct Subscription {
  listener @0 :Listener;
  times @1 :UInt32;
}

interface Speaker {
  echo @0 Lists -> Lists;
  subscribe @1 Subscription -> Pointers;
  measure @2 Numbers -> Numbers;
}

struct Row {
  key @0 :Text;
  colour @1 :Colour;
  count @2 :UInt32;
  words @3 :List(Text);
}

const answer :UInt32 = 42;
const motto :Text = "say what you mean";
const rows :List(Row) = [
  (key = "one", colour = green, count = 1, words = ["a", "b"]),
  (key = "two", colour = blue, count = 2)
];

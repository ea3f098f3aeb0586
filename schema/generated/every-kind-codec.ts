// Generated from schema/capnp/corpus/every_kind.capnp by scripts/capnp.mjs: change the schema, then run it again.
import type { Struct } from 'capnp-ts';
import { readCapability, writeCapability } from '../capnp/capabilities';
import type { InterfaceDescriptor, StructCodec } from '../capnp/codec';
import * as lists from '../capnp/list-values';
import type { StructView } from '../capnp/message-view';
import * as values from '../capnp/read-values';
import * as to from '../capnp/write-values';
import * as types from './every-kind';

function readBoxedNumber(view: StructView): { readonly value: number } {
  return {
    value: values.readFloat64(view, 0),
  };
}

function writeBoxedNumber(builder: Struct, value: { readonly value: number }): void {
  to.writeFloat64(builder, 0, value.value);
}

const boxedNumberCodec: StructCodec<{ readonly value: number }> = {
  name: 'BoxedNumber',
  dataBytes: 8,
  pointerCount: 0,
  read: readBoxedNumber,
  write: writeBoxedNumber,
};

function readBoxedText(view: StructView): { readonly value: string } {
  return {
    value: values.readText(view, 0),
  };
}

function writeBoxedText(builder: Struct, value: { readonly value: string }): void {
  to.writeText(builder, 0, value.value);
}

const boxedTextCodec: StructCodec<{ readonly value: string }> = {
  name: 'BoxedText',
  dataBytes: 0,
  pointerCount: 1,
  read: readBoxedText,
  write: writeBoxedText,
};

export function readNumbers(view: StructView): types.Numbers {
  return {
    aBool: values.readBool(view, 0),
    aBoolTrue: values.readBool(view, 1, true),
    int8: values.readInt8(view, 1),
    int8Less: values.readInt8(view, 2, -5),
    int16: values.readInt16(view, 4),
    int16Less: values.readInt16(view, 6, -500),
    int32: values.readInt32(view, 8),
    int32Less: values.readInt32(view, 12, -500000),
    int64: values.readInt64(view, 16),
    int64Less: values.readInt64(view, 24, -5000000000n),
    uint8: values.readUint8(view, 3),
    uint8More: values.readUint8(view, 32, 200),
    uint16: values.readUint16(view, 34),
    uint16More: values.readUint16(view, 36, 60000),
    uint32: values.readUint32(view, 40),
    uint32More: values.readUint32(view, 44, 4000000000),
    uint64: values.readUint64(view, 48),
    uint64More: values.readUint64(view, 56, 10000000000000000000n),
    float32: values.readFloat32(view, 64),
    float32More: values.readFloat32(view, 68, 1.5),
    float64: values.readFloat64(view, 72),
    float64More: values.readFloat64(view, 80, -0.1),
    colour: values.readEnum(view, 38, types.colourValues, 'Colour'),
    colourBlue: values.readEnum(view, 88, types.colourValues, 'Colour', 2),
  };
}

export function writeNumbers(builder: Struct, value: types.Numbers): void {
  to.writeBool(builder, 0, value.aBool);
  to.writeBool(builder, 1, value.aBoolTrue, true);
  to.writeInt8(builder, 1, value.int8);
  to.writeInt8(builder, 2, value.int8Less, -5);
  to.writeInt16(builder, 4, value.int16);
  to.writeInt16(builder, 6, value.int16Less, -500);
  to.writeInt32(builder, 8, value.int32);
  to.writeInt32(builder, 12, value.int32Less, -500000);
  to.writeInt64(builder, 16, value.int64);
  to.writeInt64(builder, 24, value.int64Less, -5000000000n);
  to.writeUint8(builder, 3, value.uint8);
  to.writeUint8(builder, 32, value.uint8More, 200);
  to.writeUint16(builder, 34, value.uint16);
  to.writeUint16(builder, 36, value.uint16More, 60000);
  to.writeUint32(builder, 40, value.uint32);
  to.writeUint32(builder, 44, value.uint32More, 4000000000);
  to.writeUint64(builder, 48, value.uint64);
  to.writeUint64(builder, 56, value.uint64More, 10000000000000000000n);
  to.writeFloat32(builder, 64, value.float32);
  to.writeFloat32(builder, 68, value.float32More, 1.5);
  to.writeFloat64(builder, 72, value.float64);
  to.writeFloat64(builder, 80, value.float64More, -0.1);
  to.writeEnum(builder, 38, value.colour, types.colourValues, 'Colour');
  to.writeEnum(builder, 88, value.colourBlue, types.colourValues, 'Colour', 2);
}

export const numbersCodec: StructCodec<types.Numbers> = {
  name: 'Numbers',
  dataBytes: 96,
  pointerCount: 0,
  read: readNumbers,
  write: writeNumbers,
};

export function readPointers(view: StructView): types.Pointers {
  return {
    text: values.readText(view, 0),
    textMore: values.readText(view, 1, 'as said before'),
    data: values.readData(view, 2),
    dataMore: values.readData(view, 3, new Uint8Array([1, 2, 255])),
    maybeText: values.hasPointer(view, 4) ? values.readText(view, 4) : undefined,
    maybeData: values.hasPointer(view, 5) ? values.readData(view, 5) : undefined,
    maybeList: values.hasPointer(view, 6) ? lists.readList(view, 6, lists.texts) : undefined,
    maybeSelf: values.hasPointer(view, 7) ? values.readStruct(view, 7, readPointers) : undefined,
    maybeNumber: values.hasPointer(view, 8) ? values.readStruct(view, 8, readBoxedNumber).value : undefined,
    number: values.readStruct(view, 9, readBoxedNumber).value,
    maybeBoxedText: values.hasPointer(view, 10) ? values.readStruct(view, 10, readBoxedText).value : undefined,
    maybeEmpty: values.hasPointer(view, 11) ? values.readStruct(view, 11, readEmpty) : undefined,
  };
}

export function writePointers(builder: Struct, value: types.Pointers): void {
  to.writeText(builder, 0, value.text);
  to.writeText(builder, 1, value.textMore);
  to.writeData(builder, 2, value.data);
  to.writeData(builder, 3, value.dataMore);
  if (value.maybeText !== undefined) to.writeText(builder, 4, value.maybeText);
  if (value.maybeData !== undefined) to.writeData(builder, 5, value.maybeData);
  if (value.maybeList !== undefined) lists.writeList(builder, 6, lists.texts, value.maybeList);
  if (value.maybeSelf !== undefined) to.writeStruct(builder, 7, pointersCodec, value.maybeSelf);
  if (value.maybeNumber !== undefined) to.writeStruct(builder, 8, boxedNumberCodec, { value: value.maybeNumber });
  to.writeStruct(builder, 9, boxedNumberCodec, { value: value.number });
  if (value.maybeBoxedText !== undefined) to.writeStruct(builder, 10, boxedTextCodec, { value: value.maybeBoxedText });
  if (value.maybeEmpty !== undefined) to.writeStruct(builder, 11, emptyCodec, value.maybeEmpty);
}

export const pointersCodec: StructCodec<types.Pointers> = {
  name: 'Pointers',
  dataBytes: 0,
  pointerCount: 12,
  read: readPointers,
  write: writePointers,
};

export function readEmpty(_view: StructView): types.Empty {
  return {};
}

export function writeEmpty(_builder: Struct, _value: types.Empty): void {}

export const emptyCodec: StructCodec<types.Empty> = {
  name: 'Empty',
  dataBytes: 0,
  pointerCount: 0,
  read: readEmpty,
  write: writeEmpty,
};

export function readLists(view: StructView): types.Lists {
  return {
    bools: lists.readList(view, 0, lists.bools),
    int8s: lists.readList(view, 1, lists.int8s),
    int16s: lists.readList(view, 2, lists.int16s),
    int32s: lists.readList(view, 3, lists.int32s),
    int64s: lists.readList(view, 4, lists.int64s),
    uint8s: lists.readList(view, 5, lists.uint8s),
    uint16s: lists.readList(view, 6, lists.uint16s),
    uint32s: lists.readList(view, 7, lists.uint32s),
    uint64s: lists.readList(view, 8, lists.uint64s),
    float32s: lists.readList(view, 9, lists.float32s),
    float64s: lists.readList(view, 10, lists.float64s),
    texts: lists.readList(view, 11, lists.texts),
    datas: lists.readList(view, 12, lists.datas),
    colours: lists.readList(view, 13, lists.enums(types.colourValues, 'Colour')),
    shapes: lists.readList(view, 14, lists.structs(shapeCodec)),
    matrix: lists.readList(view, 15, lists.lists(lists.float64s)),
    empties: lists.readList(view, 16, lists.structs(emptyCodec)),
  };
}

export function writeLists(builder: Struct, value: types.Lists): void {
  lists.writeList(builder, 0, lists.bools, value.bools);
  lists.writeList(builder, 1, lists.int8s, value.int8s);
  lists.writeList(builder, 2, lists.int16s, value.int16s);
  lists.writeList(builder, 3, lists.int32s, value.int32s);
  lists.writeList(builder, 4, lists.int64s, value.int64s);
  lists.writeList(builder, 5, lists.uint8s, value.uint8s);
  lists.writeList(builder, 6, lists.uint16s, value.uint16s);
  lists.writeList(builder, 7, lists.uint32s, value.uint32s);
  lists.writeList(builder, 8, lists.uint64s, value.uint64s);
  lists.writeList(builder, 9, lists.float32s, value.float32s);
  lists.writeList(builder, 10, lists.float64s, value.float64s);
  lists.writeList(builder, 11, lists.texts, value.texts);
  lists.writeList(builder, 12, lists.datas, value.datas);
  lists.writeList(builder, 13, lists.enums(types.colourValues, 'Colour'), value.colours);
  lists.writeList(builder, 14, lists.structs(shapeCodec), value.shapes);
  lists.writeList(builder, 15, lists.lists(lists.float64s), value.matrix);
  lists.writeList(builder, 16, lists.structs(emptyCodec), value.empties);
}

export const listsCodec: StructCodec<types.Lists> = {
  name: 'Lists',
  dataBytes: 0,
  pointerCount: 17,
  read: readLists,
  write: writeLists,
};

export function readShape(view: StructView): types.Shape {
  const common = {
    name: values.readText(view, 0),
  };
  const which = values.readUint16(view, 0);
  switch (which) {
    case 0:
      return { ...common, which: 'nothing' };
    case 1:
      return { ...common, which: 'radius', radius: values.readFloat64(view, 8) };
    case 2:
      return { ...common, which: 'corners', corners: lists.readList(view, 1, lists.structs(shapeCornerCodec)) };
    case 3:
      return { ...common, which: 'label', label: readShapeLabel(view) };
    case 4:
      return { ...common, which: 'nested', nested: values.readStruct(view, 1, readShape) };
    case 5:
      return { ...common, which: 'filled', filled: readShapeFilled(view) };
    default:
      throw values.unknownArm('Shape', which);
  }
}

export function writeShape(builder: Struct, value: types.Shape): void {
  to.writeText(builder, 0, value.name);
  switch (value.which) {
    case 'nothing':
      to.writeUint16(builder, 0, 0);
      break;
    case 'radius':
      to.writeUint16(builder, 0, 1);
      to.writeFloat64(builder, 8, value.radius);
      break;
    case 'corners':
      to.writeUint16(builder, 0, 2);
      lists.writeList(builder, 1, lists.structs(shapeCornerCodec), value.corners);
      break;
    case 'label':
      to.writeUint16(builder, 0, 3);
      writeShapeLabel(builder, value.label);
      break;
    case 'nested':
      to.writeUint16(builder, 0, 4);
      to.writeStruct(builder, 1, shapeCodec, value.nested);
      break;
    case 'filled':
      to.writeUint16(builder, 0, 5);
      writeShapeFilled(builder, value.filled);
      break;
    default:
      throw to.unknownWhich('Shape', value);
  }
}

export const shapeCodec: StructCodec<types.Shape> = {
  name: 'Shape',
  dataBytes: 16,
  pointerCount: 2,
  read: readShape,
  write: writeShape,
};

function readShapeLabel(view: StructView): types.ShapeLabel {
  return {
    text: values.readText(view, 1),
    size: values.readUint16(view, 8, 12),
  };
}

function writeShapeLabel(builder: Struct, value: types.ShapeLabel): void {
  to.writeText(builder, 1, value.text);
  to.writeUint16(builder, 8, value.size, 12);
}

function readShapeFilled(view: StructView): types.ShapeFilled {
  const which = values.readUint16(view, 10);
  switch (which) {
    case 0:
      return { which: 'with', with: values.readEnum(view, 8, types.colourValues, 'Colour') };
    case 1:
      return { which: 'byImage', byImage: values.readText(view, 1) };
    default:
      throw values.unknownArm('ShapeFilled', which);
  }
}

function writeShapeFilled(builder: Struct, value: types.ShapeFilled): void {
  switch (value.which) {
    case 'with':
      to.writeUint16(builder, 10, 0);
      to.writeEnum(builder, 8, value.with, types.colourValues, 'Colour');
      break;
    case 'byImage':
      to.writeUint16(builder, 10, 1);
      to.writeText(builder, 1, value.byImage);
      break;
    default:
      throw to.unknownWhich('ShapeFilled', value);
  }
}

export function readShapeCorner(view: StructView): types.ShapeCorner {
  return {
    x: values.readFloat64(view, 0),
    y: values.readFloat64(view, 8),
  };
}

export function writeShapeCorner(builder: Struct, value: types.ShapeCorner): void {
  to.writeFloat64(builder, 0, value.x);
  to.writeFloat64(builder, 8, value.y);
}

export const shapeCornerCodec: StructCodec<types.ShapeCorner> = {
  name: 'ShapeCorner',
  dataBytes: 16,
  pointerCount: 0,
  read: readShapeCorner,
  write: writeShapeCorner,
};

export function readFramed(view: StructView): types.Framed {
  return {
    frame: readFramedFrame(view),
    content: readFramedContent(view),
  };
}

export function writeFramed(builder: Struct, value: types.Framed): void {
  writeFramedFrame(builder, value.frame);
  writeFramedContent(builder, value.content);
}

export const framedCodec: StructCodec<types.Framed> = {
  name: 'Framed',
  dataBytes: 8,
  pointerCount: 1,
  read: readFramed,
  write: writeFramed,
};

function readFramedFrame(view: StructView): types.FramedFrame {
  return {
    width: values.readUint16(view, 0),
    height: values.readUint16(view, 2),
  };
}

function writeFramedFrame(builder: Struct, value: types.FramedFrame): void {
  to.writeUint16(builder, 0, value.width);
  to.writeUint16(builder, 2, value.height);
}

function readFramedContent(view: StructView): types.FramedContent {
  const which = values.readUint16(view, 4);
  switch (which) {
    case 0:
      return { which: 'empty' };
    case 1:
      return { which: 'shape', shape: values.readStruct(view, 0, readShape) };
    default:
      throw values.unknownArm('FramedContent', which);
  }
}

function writeFramedContent(builder: Struct, value: types.FramedContent): void {
  switch (value.which) {
    case 'empty':
      to.writeUint16(builder, 4, 0);
      break;
    case 'shape':
      to.writeUint16(builder, 4, 1);
      to.writeStruct(builder, 0, shapeCodec, value.shape);
      break;
    default:
      throw to.unknownWhich('FramedContent', value);
  }
}

export function readSubscription(view: StructView): types.Subscription {
  return {
    listener: readCapability(view, 0, listenerInterface),
    times: values.readUint32(view, 0),
  };
}

export function writeSubscription(builder: Struct, value: types.Subscription): void {
  writeCapability(builder, 0, listenerInterface, value.listener);
  to.writeUint32(builder, 0, value.times);
}

export const subscriptionCodec: StructCodec<types.Subscription> = {
  name: 'Subscription',
  dataBytes: 8,
  pointerCount: 1,
  read: readSubscription,
  write: writeSubscription,
};

export function readRow(view: StructView): types.Row {
  return {
    key: values.readText(view, 0),
    colour: values.readEnum(view, 0, types.colourValues, 'Colour'),
    count: values.readUint32(view, 4),
    words: lists.readList(view, 1, lists.texts),
  };
}

export function writeRow(builder: Struct, value: types.Row): void {
  to.writeText(builder, 0, value.key);
  to.writeEnum(builder, 0, value.colour, types.colourValues, 'Colour');
  to.writeUint32(builder, 4, value.count);
  lists.writeList(builder, 1, lists.texts, value.words);
}

export const rowCodec: StructCodec<types.Row> = {
  name: 'Row',
  dataBytes: 8,
  pointerCount: 2,
  read: readRow,
  write: writeRow,
};

export const listenerInterface: InterfaceDescriptor<types.Listener> = {
  id: 0xd0ffa2217d651a93n,
  name: 'Listener',
  methods: [{ ordinal: 0, name: 'heard', deadlineMs: 1000, input: framedCodec, output: emptyCodec }],
};

export const speakerInterface: InterfaceDescriptor<types.Speaker> = {
  id: 0xb95fcdd5249472cbn,
  name: 'Speaker',
  methods: [
    { ordinal: 0, name: 'echo', input: listsCodec, output: listsCodec },
    { ordinal: 1, name: 'subscribe', input: subscriptionCodec, output: pointersCodec },
    { ordinal: 2, name: 'measure', input: numbersCodec, output: numbersCodec },
  ],
};

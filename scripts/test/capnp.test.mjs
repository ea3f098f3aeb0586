// The generator of schema/generated/: its output is tested beside schema/capnp; here, what it refuses.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { emitCodecs } from '../capnp/emit-codecs.mjs';
import { emitTypes } from '../capnp/emit-types.mjs';
import { hasCapnp } from '../capnp/has-capnp.mjs';
import { readModel } from '../capnp/model.mjs';
import { compile } from '../capnp/request.mjs';

const id = '@0xbf5147cbbecf40c1;\n';

describe('the generator of the contract', { skip: hasCapnp() ? false : 'capnp is not installed' }, () => {
  let folder = '';
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'piwork-capnp-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  /** @param {string} text a schema without its id @returns {Promise<string>} */
  async function generate(text) {
    const file = join(folder, 'case.capnp');
    await writeFile(file, id + text);
    const model = readModel(compile(file));
    const options = { header: '', callOptionsFrom: './codec', typesFrom: './case', runtime: '.' };
    return emitTypes(model, options) + emitCodecs(model, options);
  }

  /** @type {Array<[name: string, schema: string, why: RegExp]>} */
  const refused = [
    ['a fault in the schema', 'struct A { b @0 :Nothing; }', /case\.capnp:2:.*Nothing/],
    ['AnyPointer', 'struct A { b @0 :AnyPointer; }', /A\.b: types of kind ANY_POINTER aren't supported/],
    ['interfaces that extend others', 'interface A {} interface B extends(A) {}', /B: .*extend others/],
    ['defaults of lists', 'struct A { b @0 :List(Text) = ["x"]; }', /A\.b: .*defaults of structs and lists/],
    ['lists of interfaces', 'interface A {} struct B { c @0 :List(A); }', /lists of interface/],
    [
      'boxed structs of two fields',
      'annotation boxed @0x8029c13d24ad710a (struct) :Void;\nstruct A $boxed { b @0 :Bool; c @1 :Bool; }\nstruct D { e @0 :A; }',
      /A: a boxed struct must have one field/,
    ],
  ];
  for (const [name, text, why] of refused) {
    it(`refuses ${name} by name`, () => assert.rejects(generate(text), why));
  }

  it("copies the schema's comments to types, fields, arms and methods", async () => {
    const text = await generate(
      'struct A {\n  # Of the struct\n  b @0 :Text;\n  # Of the field\n}\ninterface C {\n  d @0 A -> A;\n  # Of the method\n}',
    );
    for (const comment of ['Of the struct', 'Of the field', 'Of the method'])
      assert.match(text, new RegExp(`/\\*\\* ${comment} \\*/`));
  });

  it('the same schema gives the same output', async () => {
    const text = 'struct A { union { b @0 :Text; c :group { d @1 :Bool; e @2 :UInt8; } } }';
    assert.equal(await generate(text), await generate(text));
  });
});

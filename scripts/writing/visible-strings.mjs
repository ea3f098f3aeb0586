// The strings of a source file that a person may read, found by parsing: comments, names, imports and types never
// count. A template's placeholder becomes {}.
import ts from 'typescript';

/** A value rather than a sentence: no space and no sentence start, such as 'turn.changed' or 'take-back'. */
const isName = (/** @type {string} */ text) => !/\s/.test(text.trim()) && !/^\p{Lu}\p{Ll}+[.…!?]?$/u.test(text.trim());

const isSkipped = (/** @type {ts.Node} */ node) =>
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  ts.isLiteralTypeNode(node) ||
  (ts.isJsxAttribute(node) && node.name.getText() === 'className') ||
  (ts.isBinaryExpression(node) && /\bthis\.name$/.test(node.left.getText()));

/** @param {ts.Node} node */
function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
  }
  return undefined;
}

/**
 * The text between two tags is read as one sentence: {words} and elements become placeholders.
 *
 * @param {ts.JsxElement | ts.JsxFragment} node
 */
function jsxText(node) {
  const parts = node.children.map((child) => {
    if (ts.isJsxText(child)) return child.text;
    const inner = ts.isJsxExpression(child) && child.expression;
    return (inner && textOf(inner)) || '{}';
  });
  return parts.join('').replaceAll(/\s+/g, ' ').trim();
}

/** @typedef {{ line: number, text: string }} Found */

/** @param {string} file @param {string} source @returns {Found[]} */
export function stringsOfSource(file, source) {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, kind);
  /** @type {Found[]} */
  const found = [];
  const add = (/** @type {ts.Node} */ node, /** @type {string} */ text) => {
    if (!isName(text)) found.push({ line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
  };
  const visit = (/** @type {ts.Node} */ node) => {
    if (isSkipped(node)) return;
    const text = textOf(node);
    if (text !== undefined) add(node, text);
    if (ts.isJsxElement(node) || ts.isJsxFragment(node)) add(node, jsxText(node));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The quoted texts of a behaviour file; `;` starts a comment. @param {string} source */
export function stringsOfBehaviour(source) {
  /** @type {Found[]} */
  const found = [];
  for (const { 0: token, index } of source.matchAll(/"(?:[^"\\]|\\.)*"|;[^\n]*/g)) {
    if (token.startsWith(';')) continue;
    found.push({ line: source.slice(0, index).split('\n').length, text: token.slice(1, -1) });
  }
  return found;
}

/** The prose of a Markdown page, by paragraph, without code and addresses. @param {string} source */
export function stringsOfProse(source) {
  /** @type {Found[]} */
  const found = [];
  const plain = source
    .replaceAll(/^```[\s\S]*?^```/gm, (block) => block.replaceAll(/[^\n]/g, ''))
    .replaceAll(/`[^`\n]*`/g, '{}')
    .replaceAll(/\]\([^)]*\)/g, ']');
  plain.split('\n').forEach((line, index) => {
    if (line.trim() !== '') found.push({ line: index + 1, text: line.replaceAll('**', '') });
  });
  return found;
}

// Finds each way in which a file can name another module.

/** @typedef {import('eslint').Rule.Node} Node */
/** @typedef {(node: Node, specifier: string | undefined) => void} OnImport */

/**
 * The text of a string or of a template without placeholders.
 *
 * @param {any} node
 * @returns {string | undefined}
 */
function textOf(node) {
  if (node?.type === 'TSLiteralType') return textOf(node.literal);
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  return node?.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis[0]?.value.cooked : undefined;
}

/** `require`, and what it offers: `require.resolve`. @param {any} callee */
const isRequire = (callee) =>
  callee.type === 'Identifier'
    ? callee.name === 'require'
    : callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'require';

/** @param {any} node */
const isOwnUrl = (node) => node?.type === 'MemberExpression' && node.object.type === 'MetaProperty';

/**
 * Listeners for a rule. `specifier` is undefined where it is computed.
 *
 * @param {OnImport} onImport
 * @returns {import('eslint').Rule.RuleListener}
 */
export function visitImports(onImport) {
  const bySource = (/** @type {any} */ node) => {
    if (node.source) onImport(node, textOf(node.source));
  };
  return {
    ImportDeclaration: bySource,
    ExportNamedDeclaration: bySource,
    ExportAllDeclaration: bySource,
    ImportExpression: bySource,
    TSImportType: (/** @type {any} */ node) => onImport(node, textOf(node.source ?? node.argument)),
    TSExternalModuleReference: (/** @type {any} */ node) => onImport(node, textOf(node.expression)),
    CallExpression: (/** @type {any} */ node) => {
      if (isRequire(node.callee)) onImport(node, textOf(node.arguments[0]));
    },
    NewExpression: (/** @type {any} */ node) => {
      // A file beside this one, such as a worker of the page.
      if (node.callee.name === 'URL' && isOwnUrl(node.arguments[1])) onImport(node, textOf(node.arguments[0]));
    },
  };
}

/** ESLint rule `house/layers`: an import must follow the layer table. */
import path from 'node:path';
import { guardedPackages, layers } from './layerTable.js';

const root = path.resolve(import.meta.dirname, '../..');

/** @param {string} file absolute path */
const houseFolder = (file) => path.relative(root, path.dirname(file)).split(path.sep).join('/');

/** @param {string} folder @param {string} room */
const isInside = (folder, room) => folder === room || folder.startsWith(`${room}/`);

/** @param {string} folder @param {string} pattern `room` or `room/*` */
const matches = (folder, pattern) =>
  pattern.endsWith('/*') ? folder.startsWith(pattern.slice(0, -1)) : isInside(folder, pattern);

/** @param {string} folder */
const featureOf = (folder) => /^src-renderer\/features\/([^/]+)/.exec(folder)?.[1];

/** @param {string} file @param {string} source @returns {string | undefined} what is wrong with the import */
export function layerProblem(file, source) {
  const from = houseFolder(file);
  const isTest = /\.(test|e2e|bench)\.tsx?$/.test(file) || from.startsWith('tests') || from.startsWith('build');
  if (from === '') return undefined; // configuration of tools
  if (!source.startsWith('.')) {
    if (isTest) return undefined;
    const guard = guardedPackages.find((entry) => entry.match.test(source));
    if (!guard || guard.rooms.some((room) => isInside(from, room))) return undefined;
    return `'${source}' belongs to ${guard.rooms.join(', ')}: ${guard.why}`;
  }
  const layer = layers.find((entry) => isInside(from, entry.room));
  if (!layer) return undefined;
  const target = path.resolve(path.dirname(file), source);
  const to = houseFolder(target);
  if (isTest && to.startsWith('tests')) return undefined;
  const [mine, theirs] = [featureOf(from), featureOf(to)];
  if (mine && mine === theirs) return undefined;
  if (!mine && isInside(to, layer.room)) return undefined;
  if (from.startsWith('src-renderer/app') && theirs && !/\/features\/[^/]+(\/index(\.tsx?)?)?$/.test(target))
    return `app imports a feature by its index.ts only, not '${source}'.`;
  // `import '../contract'` names the folder itself
  const candidates = [to, path.relative(root, target).split(path.sep).join('/')];
  if (layer.may.some((room) => candidates.some((folder) => matches(folder, room)))) return undefined;
  return `${layer.room} may not import ${to}: ${layer.why} (may import: ${layer.may.join(', ') || 'nothing of ours'}; see build/lint/layerTable.js)`;
}

/** @type {import('eslint').Rule.RuleModule} */
export const layersRule = {
  meta: { type: 'problem', schema: [], messages: { layer: '{{problem}}' } },
  create(context) {
    /** @typedef {import('eslint').Rule.Node} Node */
    /** @param {Node} node @param {{ type: string, value?: unknown } | null | undefined} source */
    const check = (node, source) => {
      const name = source?.type === 'Literal' ? source.value : undefined;
      if (typeof name !== 'string') return;
      const problem = layerProblem(context.filename, name);
      if (problem) context.report({ node, messageId: 'layer', data: { problem } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
    };
  },
};

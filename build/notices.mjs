/**
 * Writes `THIRD_PARTY_NOTICES.md`: every package that ships with the product, with its licence text as its own files
 * have it. `--check` writes nothing and fails when the file is not what would be written.
 */
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const file = path.join(root, 'THIRD_PARTY_NOTICES.md');
const LICENCE_FILE = /^(licen[cs]e|copying|notice|third[-_ ]?party)/i;

/** @typedef {{ name: string, version: string, license: string, directory: string }} Shipped */

/** Packages of the lockfile that are not for development only, without those of other platforms. @returns {Shipped[]} */
function shippedPackages() {
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages)
    .filter(([where, entry]) => where !== '' && !entry.dev && !entry.devOptional && !entry.optional)
    .map(([where]) => path.join(root, where))
    .filter((directory) => fs.existsSync(path.join(directory, 'package.json')))
    .map((directory) => {
      const manifest = JSON.parse(fs.readFileSync(path.join(directory, 'package.json'), 'utf8'));
      return { name: manifest.name, version: manifest.version, license: licenceName(manifest), directory };
    })
    .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

/** By code unit, so that every machine writes the same file. @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param {{ license?: string | { type: string }, licenses?: { type: string }[] }} manifest */
function licenceName({ license, licenses }) {
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'not stated';
}

/** @param {string} directory @returns {string[]} */
function licenceTexts(directory) {
  return fs
    .readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map((entry) => entry.name)
    .sort(compare)
    .map((name) => fs.readFileSync(path.join(directory, name), 'utf8').replaceAll('\r\n', '\n').trim());
}

/** Packages with the very same texts share one entry. @param {Shipped[]} packages */
function compose(packages) {
  /** @type {Map<string, Shipped[]>} */
  const byText = new Map();
  for (const shipped of packages) {
    const text = licenceTexts(shipped.directory).join('\n\n') || `Licence as stated by the package: ${shipped.license}`;
    byText.set(text, [...(byText.get(text) ?? []), shipped]);
  }
  const sections = [...byText].map(([text, users]) => {
    const names = [...new Set(users.map(({ name, version, license }) => `- ${name} ${version} (${license})`))];
    return `${names.join('\n')}\n\n\`\`\`\`text\n${text}\n\`\`\`\`\n`;
  });
  return [
    '# Third-party notices\n',
    'Packages that ship with Isocenter and their licences, written by `npm run notices`. Electron brings its own notices',
    '(`LICENSES.chromium.html`).\n',
    ...sections,
  ].join('\n');
}

const text = compose(shippedPackages());
if (process.argv.includes('--check')) {
  const isCurrent = fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text;
  if (!isCurrent) console.error('THIRD_PARTY_NOTICES.md is not current: npm run notices');
  process.exitCode = isCurrent ? 0 : 1;
} else {
  fs.writeFileSync(file, text);
}

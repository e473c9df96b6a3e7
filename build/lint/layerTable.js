/**
 * The layers of the house as data: a room (folder) and the rooms it may import. What is not listed is an error whose
 * message is `why`. `docs/architecture.md` draws the same table.
 */

const SHARED = ['src-shared/*'];

/** @type {{ room: string, may: string[], why: string }[]} Most specific room first. */
export const layers = [
  { room: 'src-shared/base', may: [], why: 'base is the ground floor: it imports nothing of ours.' },
  { room: 'src-shared/geometry', may: ['src-shared/base'], why: 'geometry is pure mathematics over base.' },
  {
    room: 'src-shared/dicom',
    may: ['src-shared/base', 'src-shared/geometry'],
    why: 'dicom holds domain words; reading bytes belongs to dataset.',
  },
  {
    room: 'src-shared/dataset',
    may: ['src-shared/base', 'src-shared/geometry', 'src-shared/dicom'],
    why: 'dataset turns bytes into records; it knows neither codecs nor services.',
  },
  {
    room: 'src-shared/codecs',
    may: ['src-shared/base', 'src-shared/geometry', 'src-shared/dicom'],
    why: 'codecs turn a compressed frame into samples; they never read data sets.',
  },
  {
    room: 'src-shared/phantom',
    may: ['src-shared/base', 'src-shared/geometry', 'src-shared/dicom', 'src-shared/dataset'],
    why: 'phantom computes objects with known answers and writes them through dataset.',
  },
  { room: 'src-shared/rpc', may: ['src-shared/base'], why: 'rpc carries calls and knows no service.' },
  {
    room: 'src-shared/contract',
    may: ['src-shared/base', 'src-shared/geometry', 'src-shared/dicom'],
    why: 'contract describes services in domain words, without any implementation.',
  },

  {
    room: 'src-main/media',
    may: [...SHARED],
    why: 'media finds what came in; it does not store or serve it. Let services put them together.',
  },
  {
    room: 'src-main/store',
    may: [...SHARED],
    why: 'store keeps rows and files; it does not know where they came from.',
  },
  {
    room: 'src-main/dimse',
    may: [...SHARED],
    why: 'dimse speaks the network protocol; services decide what to do with what arrives.',
  },
  {
    room: 'src-main/workers',
    may: ['src-main/media', ...SHARED],
    why: 'a worker entry does one task on plain data; it never opens the store.',
  },
  {
    room: 'src-main/services',
    may: ['src-main/media', 'src-main/dimse', 'src-main/store', 'src-main/workers', ...SHARED],
    why: 'services implement the contract and know no host.',
  },
  {
    room: 'src-main/compose',
    may: ['src-main/services', 'src-main/media', 'src-main/dimse', 'src-main/store', 'src-main/workers', ...SHARED],
    why: 'compose wires services; it knows no host.',
  },
  {
    room: 'src-main/hosts/node',
    may: ['src-main/compose', ...SHARED],
    why: 'a host reaches services through compose, and never the other host.',
  },
  {
    room: 'src-main/hosts/electron',
    may: ['src-main/compose', ...SHARED],
    why: 'a host reaches services through compose, and never the other host.',
  },
  {
    room: 'src-main/cli',
    may: ['src-main/compose', ...SHARED],
    why: 'the command line reaches services through compose, as a host does.',
  },

  { room: 'src-preload', may: ['src-shared/contract'], why: 'the preload hands the page its ports and nothing else.' },

  {
    room: 'src-renderer/ui',
    may: [],
    why: 'ui holds buttons and panels without any DICOM word: pass what it needs as props.',
  },
  {
    room: 'src-renderer/strings',
    may: [],
    why: 'strings is the catalogue of visible text: it imports nothing of ours, and rooms below features pass keys.',
  },
  {
    room: 'src-renderer/host',
    may: [...SHARED],
    why: 'host finds its port and exposes typed services; it knows nothing of viewing or imaging.',
  },
  {
    room: 'src-renderer/viewing',
    may: [...SHARED],
    why: 'viewing is plain data about what is on screen: no services, no pixels. Let a feature connect them.',
  },
  {
    room: 'src-renderer/imaging',
    may: [...SHARED],
    why: 'imaging loads and decodes; it is told what is wanted and never asks the view.',
  },
  {
    room: 'src-renderer/rendering',
    may: ['src-renderer/viewing', 'src-renderer/imaging', ...SHARED],
    why: 'rendering draws viewing state with imaging data; it knows no feature and no React.',
  },
  {
    room: 'src-renderer/features',
    may: [
      'src-renderer/ui',
      'src-renderer/strings',
      'src-renderer/host',
      'src-renderer/viewing',
      'src-renderer/imaging',
      'src-renderer/rendering',
      ...SHARED,
    ],
    why: 'a feature never imports another feature: share through viewing (state, commands) or let app put both on screen.',
  },
  {
    room: 'src-renderer/app',
    may: ['src-renderer/*', ...SHARED],
    why: 'app composes features by their index.ts only.',
  },
];

/** Packages with a guard: the rooms that alone may import them. */
export const guardedPackages = [
  {
    match: /^electron(\/|$)/,
    rooms: ['src-main/hosts/electron', 'src-preload'],
    why: 'the node host must run without Electron: put it behind HostPlatform or shellService.',
  },
  {
    match: /^electron-store$/,
    rooms: ['src-main/hosts/electron'],
    why: 'electron-store imports electron; services use conf.',
  },
  {
    match: /^node:/,
    rooms: ['src-main', 'tests', 'build'],
    why: 'shared code and the renderer run in a sandboxed browser without Node.',
  },
  {
    match: /^@kitware\/vtk\.js/,
    rooms: ['src-renderer/rendering'],
    why: 'rendering is the only importer of vtk.js, so that it can be replaced.',
  },
  {
    match: /^(react|react-dom|react-i18next|radix-ui|lucide-react)(\/|$)/,
    rooms: ['src-renderer/ui', 'src-renderer/features', 'src-renderer/app'],
    why: 'state, imaging and rendering stay free of React.',
  },
];

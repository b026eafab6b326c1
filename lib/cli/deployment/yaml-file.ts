// Reads a file of Serverless Devs with what it extends, as `s` does: maps are merged, everything else is replaced. An unquoted
// date becomes a Date, as there, so that it can be refused: `s` would send it as {}.
import { dirname, isAbsolute, join } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { ConfigurationError, messageOf } from '../../failures.ts';
import { shown } from '../../plan/fault.ts';
import type { Environment } from '../../settings/environment-schema.ts';

/** The values of a file, and of the file that it extends. */
export interface YamlFile {
  tree: Tree;
  /** Where each entry of `vars` was written last, as in `s.yaml, line 12`. */
  placeOf: ReadonlyMap<string, string>;
  /** Where each entry at the top of the file was written last. */
  topPlaceOf: ReadonlyMap<string, string>;
}

/** A map of YAML. */
export type Tree = Readonly<Record<string, unknown>>;

/** Reads the text of a file, or throws. */
export type ReadText = (file: string) => string;

/** Where the settings come from. */
export interface Sources {
  readText: ReadText;
  /** What `${env('NAME')}` stands for. */
  environment: Environment;
}

/**
 * Reads the file and the one that it extends.
 * @throws ConfigurationError if one of them cannot be read
 */
export function readYamlFile(file: string, readText: ReadText): YamlFile {
  const own = readAlone(file, readText);
  const { tree } = own;
  const { extend } = tree;
  if (extend === undefined) return own;
  if (typeof extend !== 'string') {
    throw new ConfigurationError([
      { what: `extend in ${file}`, value: shown(extend), expected: 'the name of a file, as in ./s.yaml' },
    ]);
  }
  const base = readAlone(isAbsolute(extend) ? extend : join(dirname(file), extend), readText);
  return {
    tree: merged(base.tree, tree),
    placeOf: new Map([...base.placeOf, ...own.placeOf]),
    topPlaceOf: new Map([...base.topPlaceOf, ...own.topPlaceOf]),
  };
}

function readAlone(file: string, readText: ReadText): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file, readText), {
    merge: true,
    customTags: ['timestamp'],
    lineCounter: lines,
  });
  const [error] = document.errors;
  if (error !== undefined) {
    // The message goes on with the place and the text there.
    const [said = ''] = error.message.split(/ at line \d/);
    const { line } = lines.linePos(error.pos[0]);
    throw new ConfigurationError([
      { what: `${file}, line ${line},`, value: JSON.stringify(said), expected: `YAML${hintFor(said)}` },
    ]);
  }
  const tree: unknown = document.toJS();
  if (!isTree(tree)) {
    throw new ConfigurationError([{ what: file, value: shown(tree), expected: 'a file of Serverless Devs' }]);
  }
  return {
    tree,
    placeOf: placesIn(file, document.get('vars'), lines),
    topPlaceOf: placesIn(file, document.contents, lines),
  };
}

/** A timer may begin with either. */
function hintFor(said: string): string {
  return /^Alias|reserved character @/.test(said) ? '; put a value that begins with * or @ in quotes' : '';
}

function placesIn(file: string, map: unknown, lines: LineCounter): Map<string, string> {
  if (!isMap(map)) return new Map();
  return new Map(
    map.items.flatMap(({ key }) =>
      isScalar(key)
        ? [[String(key.value), `${file}, line ${lines.linePos(key.range?.[0] ?? 0).line}`] as const]
        : [],
    ),
  );
}

function textOf(file: string, readText: ReadText): string {
  try {
    return readText(file);
  } catch (thrown) {
    throw new ConfigurationError([
      { what: 'The file', value: shown(file), expected: `a file that can be read: ${messageOf(thrown)}` },
    ]);
  }
}

/** True for maps, and false for lists, dates and what is no map. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function merged(base: Tree, own: Tree): Tree {
  const both = Object.entries(own).map(([name, value]) => {
    const under = base[name];
    return [name, isTree(value) && isTree(under) ? merged(under, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(both) };
}

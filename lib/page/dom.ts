// The document in which a page is made: linkedom's. It writes texts and attributes so that they stay texts, whatever they hold.
import { parseHTML } from 'linkedom';

/** What this folder needs of an element. The project has no types of browsers. */
export interface DomElement {
  readonly outerHTML: string;
  append: (...nodes: readonly (DomElement | string)[]) => void;
  prepend: (...nodes: readonly (DomElement | string)[]) => void;
  getAttribute: (name: string) => string | null;
  setAttribute: (name: string, value: string) => void;
  removeAttribute: (name: string) => void;
  remove: () => void;
  querySelectorAll: (selector: string) => Iterable<DomElement>;
}

/** What it needs of a document. */
export interface DomDocument {
  readonly documentElement: DomElement;
  readonly head: DomElement;
  readonly body: DomElement;
  createElement: (name: string) => DomElement;
  createElementNS: (namespace: string, name: string) => DomElement;
  toString: () => string;
}

/** Elements whose text linkedom writes as it is. They hold texts of this folder only. */
type RawName = 'title' | 'style';

type Name =
  | ('a' | 'article' | 'bdi' | 'caption' | 'dd' | 'details' | 'div' | 'dl' | 'dt' | 'figcaption' | 'figure')
  | (
      | 'footer'
      | 'h1'
      | 'h2'
      | 'h3'
      | 'h4'
      | 'header'
      | 'li'
      | 'main'
      | 'meta'
      | 'nav'
      | 'ol'
      | 'p'
      | 'section'
    )
  | ('span' | 'strong' | 'summary' | 'table' | 'tbody' | 'td' | 'th' | 'thead' | 'time' | 'tr' | 'ul');

/** An attribute that is undefined is left out. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** What stands in an element. Strings become texts. */
export type Children = readonly (DomElement | string | undefined)[];

/** Makes elements of one document. */
export interface Maker {
  document: DomDocument;
  /** An element of HTML. */
  html: (name: Name, attributes: Attributes, ...children: Children) => DomElement;
  /** An element of SVG. */
  svg: (name: string, attributes: Attributes, ...children: Children) => DomElement;
  /** An element whose text must not come from anybody else. */
  raw: (name: RawName, text: RawText) => DomElement;
}

/** A text of this folder. */
export type RawText = string & { readonly isOurs: true };

/** Says of a text that nothing in it is from a row, from ECS or from a person. */
export function ours(text: string): RawText {
  return text as RawText;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** An empty document, and what makes its elements. */
export function newMaker(): Maker {
  const empty = '<!doctype html><html><head></head><body></body></html>';
  const { document } = parseHTML(empty) as unknown as { document: DomDocument };
  const filled = (element: DomElement, attributes: Attributes, children: Children): DomElement => {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flatMap((child) => child ?? []));
    return element;
  };
  return {
    document,
    html: (name, attributes, ...children) => filled(document.createElement(name), attributes, children),
    svg: (name, attributes, ...children) =>
      filled(document.createElementNS(svgNamespace, name), attributes, children),
    raw: (name, text) => filled(document.createElement(name), {}, [text]),
  };
}

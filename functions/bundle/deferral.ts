// Puts off what a vendor's file does at its top level until the result is used, by rewriting the text of that file. Nothing
// is left out and nothing guessed: where the text is not the one that was expected, there is an error.

/** One variable at the top level of a vendor's file, to be made when it is first used. */
export interface Deferral {
  /** Its path, from the package's name on. */
  file: string;
  /** The whole line that declares the variable. */
  declaration: string;
}

/** `const NAME = EXPRESSION;`, or `const NAME = EXPRESSION, ALIAS = NAME;`. */
const declarationPattern =
  /^(?:var|const) (?<name>[\w$]+) = (?<expression>[^;,]+)(?:, (?<alias>[\w$]+) = \k<name>)?;$/;

/**
 * The text of the file, in which a function makes the variable once, and every use calls it.
 * @throws Error where the declaration is not there, or the variable is used other than as `NAME.member`
 */
export function putOff(text: string, { file, declaration }: Deferral): string {
  const fail = (what: string): never => {
    throw new Error(`${file}: ${what}. The package was updated? Then see functions/bundle/deferrals.ts.`);
  };
  const { name, alias, expression } = declarationPattern.exec(declaration)?.groups ?? {};
  if (name === undefined) return fail(`"${declaration}" declares nothing that can be put off`);
  const lines = text.split('\n');
  const at = lines.indexOf(declaration);
  if (at < 0 || lines.includes(declaration, at + 1))
    return fail(`expected the line "${declaration}" once, found it ${at < 0 ? 'nowhere' : 'again'}`);

  const uses = usesOf(alias === undefined ? [name] : [name, alias]);
  const call = (line: string): string =>
    line.replace(uses, (used: string, made: string | undefined, member: string) => {
      if (member === '') return fail(`"${line.trim()}" uses ${used} other than by a member`);
      // `new NAME().member()` would make a NAME.
      return made === undefined ? `${name}()${member}` : `${made}(${name}())${member}`;
    });
  return [
    ...lines.slice(0, at).map(call),
    `var ${name}_made; function ${name}() { return ${name}_made ??= ${expression}; }`,
    ...lines.slice(at + 1).map(call),
  ].join('\n');
}

/** Each use of the variable, with a `new` before it and the `.` behind it, if any, as its groups. */
function usesOf(names: readonly string[]): RegExp {
  const either = names.map((name) => name.replaceAll('$', '\\$')).join('|');
  return new RegExp(`(?<![\\w$.])(new +)?(?:${either})(?![\\w$])(\\.?)`, 'g');
}

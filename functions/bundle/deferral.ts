// Defers what a vendor's file does at its top level until the result is first used, by rewriting the text of that file.
// Nothing is removed and nothing is guessed: if the text is not the expected one, the build fails.

/** One variable at the top level of a vendor's file that is to be created at its first use. */
export interface Deferral {
  /** The path of the file, from the package's name on. */
  file: string;
  /** The whole line that declares the variable. */
  declaration: string;
}

/** `const NAME = EXPRESSION;`, or `const NAME = EXPRESSION, ALIAS = NAME;`. */
const declarationPattern =
  /^(?:var|const) (?<name>[\w$]+) = (?<expression>[^;,]+)(?:, (?<alias>[\w$]+) = \k<name>)?;$/;

/**
 * Rewrites the text of the file: a function creates the value once, and every use of the variable calls that function.
 * @throws Error if the declaration is not in the text exactly once, or if a use is not of the form `NAME.member`
 */
export function defer(text: string, { file, declaration }: Deferral): string {
  const fail = (what: string): never => {
    throw new Error(`${file}: ${what}. The package was updated? Then see functions/bundle/deferrals.ts.`);
  };
  const { name, alias, expression } = declarationPattern.exec(declaration)?.groups ?? {};
  if (name === undefined) return fail(`"${declaration}" declares nothing that can be deferred`);
  const lines = text.split('\n');
  const at = lines.indexOf(declaration);
  if (at < 0 || lines.includes(declaration, at + 1))
    return fail(`expected the line "${declaration}" once, found it ${at < 0 ? 'nowhere' : 'again'}`);

  const uses = usesOf(alias === undefined ? [name] : [name, alias]);
  const call = (line: string): string =>
    line.replace(uses, (used: string, made: string | undefined, member: string) => {
      if (member === '') return fail(`"${line.trim()}" uses ${used} without a member`);
      // `new NAME().member()` would create a NAME, so the call stands in parentheses.
      return made === undefined ? `${name}()${member}` : `${made}(${name}())${member}`;
    });
  return [
    ...lines.slice(0, at).map(call),
    `var ${name}_made; function ${name}() { return ${name}_made ??= ${expression}; }`,
    ...lines.slice(at + 1).map(call),
  ].join('\n');
}

/** Matches each use of the variable. The groups are the `new` before it and the `.` after it, if any. */
function usesOf(names: readonly string[]): RegExp {
  const either = names.map((name) => name.replaceAll('$', '\\$')).join('|');
  return new RegExp(`(?<![\\w$.])(new +)?(?:${either})(?![\\w$])(\\.?)`, 'g');
}

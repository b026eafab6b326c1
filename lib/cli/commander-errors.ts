// What Commander says of a wrong call, in Chinese. Its English sentences are those of its source. What it says otherwise stays as it
// is: a person must see it. What an option expects is English in every language.

/** Its sentences, and what they mean. */
const sentences: readonly (readonly [RegExp, (...found: (string | undefined)[]) => string])[] = [
  [/unknown command '(.+)'/, (name) => `没有命令 '${name}'`],
  [/unknown option '(.+)'/, (name) => `没有选项 '${name}'`],
  [/missing required argument '(.+?)'(, or --all for everything)?$/m, (name, all) => missing(name, all)],
  [/option '(.+)' argument missing/, (flags) => `选项 '${flags}' 缺少值`],
  [/required option '(.+)' not specified/, (flags) => `缺少必需的选项 '${flags}'`],
  [
    /option '(.+)' argument '(.*?)' is invalid\. /s,
    (flags, value) => `选项 '${flags}' 的值 '${value}' 无效。`,
  ],
  [/Allowed choices are /, () => '可选：'],
  [/option '(.+)' cannot be used with option '(.+)'/, (a, b) => `选项 '${a}' 不能与 '${b}' 同时使用`],
  [
    /too many arguments(?: for '(.+)')?\. Expected (\d+) arguments? but got (\d+)\./,
    (name, most, count) =>
      `${name === undefined ? '' : `'${name}' 的`}参数过多：应为 ${most} 个，实为 ${count} 个。`,
  ],
  [/option '(.+)' is (".*")\. Expected /s, (flag, value) => `选项 '${flag}' 的值为 ${value}。应为：`],
  [/--all is for everything: give no ids beside it/, () => '--all 表示全部，请不要同时给出实例'],
  [/Expected /, () => '应为：'],
];

const suggestions: readonly (readonly [RegExp, (...found: (string | undefined)[]) => string])[] = [
  [/\(Did you mean one of (.+)\?\)/, (names) => `（是否指其中之一：${names}？）`],
  [/\(Did you mean (.+)\?\)/, (name) => `（是否指 ${name}？）`],
];

function missing(name: string | undefined, all: string | undefined): string {
  return `缺少参数 '${name ?? ''}'${all === undefined ? '' : '，或用 --all 表示全部'}`;
}

/** The error, as it is printed. */
export function inChinese(error: string): string {
  const said = [...sentences, ...suggestions].reduce(
    (text, [pattern, say]) =>
      text.replace(pattern, (_, ...found: (string | undefined)[]) => say(...found.slice(0, -2))),
    error,
  );
  return said === error ? error : said.replace(/^error: /, '错误：');
}

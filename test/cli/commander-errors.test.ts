// A wrong call, said in Chinese. The real Commander makes the errors.
import { Command, CommanderError, Option } from 'commander';
import { expect, it } from 'vitest';
import { inChinese } from '../../lib/cli/commander-errors.ts';

function said(...args: string[]): string {
  let printed = '';
  const program = new Command('plans').exitOverride().configureOutput({
    writeErr: () => undefined,
    outputError: (error) => void (printed = inChinese(error)),
  });
  program
    .command('list')
    .addOption(new Option('-o, --output <form>').choices(['table', 'json']))
    .action(() => undefined);
  program
    .command('show')
    .argument('<id...>')
    .action(() => undefined);
  program
    .command('reschedule')
    .argument('<id>')
    .requiredOption('--at <time>')
    .action(() => undefined);
  expect(() => program.parse(args, { from: 'user' })).toThrow(CommanderError);
  return printed.trim();
}

it.each([
  [['lst'], "错误：没有命令 'lst'\n（是否指 list？）"],
  [['nothing'], "错误：没有命令 'nothing'"],
  [['list', '--outptu'], "错误：没有选项 '--outptu'\n（是否指 --output？）"],
  [['show'], "错误：缺少参数 'id'"],
  [['list', '-o'], "错误：选项 '-o, --output <form>' 缺少值"],
  [['list', '-o', 'xml'], "错误：选项 '-o, --output <form>' 的值 'xml' 无效。可选：table, json."],
  [['list', 'a', 'b'], "错误：'list' 的参数过多：应为 0 个，实为 2 个。"],
  [['reschedule', 'x'], "错误：缺少必需的选项 '--at <time>'"],
])('%j', (args, text) => {
  expect(said(...args)).toBe(text);
});

it.each([
  [
    'error: option \'--at\' is "tomorrow". Expected a time.',
    '错误：选项 \'--at\' 的值为 "tomorrow"。应为：a time.',
  ],
  [
    "error: missing required argument 'id', or --all for everything",
    "错误：缺少参数 'id'，或用 --all 表示全部",
  ],
  ['error: what nobody knows', 'error: what nobody knows'],
  ['error: costs $1 and $&', 'error: costs $1 and $&'],
])('%s', (error, text) => {
  expect(inChinese(error)).toBe(text);
});

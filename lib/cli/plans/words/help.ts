// The help of the operator's commands in each language: what stands beside the names of commands and options. What is wrong with
// a call, commander-errors.ts says.
import type { Language } from '../../../settings/language.ts';

const en = {
  description: 'Plans for scheduled reboots.',
  see: 'See what is planned:',
  decide: 'Decide:',
  without: 'Without an account:',
  shell: 'Your shell:',
  usage: 'Usage:',
  arguments: 'Arguments:',
  options: 'Options:',
  commands: 'Commands:',
  help: 'show the help of a command',
  list: 'the plans: those that need a person first, Avoided ones in one line',
  show: 'one plan or several, with what happened to them',
  timeline:
    'a page with a chart of every plan against its window and its NotBefore; a browser needs nothing else',
  wait: 'returns when each plan has the status; 1 if one ended otherwise',
  approve: 'approve the restart that the row shows',
  hold: 'nothing is restarted until you resume it; --all stops everything at once',
  resume: 'take a hold away, or with --all the stop of everything',
  skip: 'end the plan without a restart',
  reschedule: 'restart it at your own time',
  retry: 'a new plan in place of one that is Escalated',
  acknowledge: 'others may go on although this restart is not proven',
  review:
    'what happened to events and plans, from ECS and the tables; 1 if something could not be read, or does not agree',
  'notify-test': 'a sample to each channel of NOTIFY, and what each answered; 1 if one did not take it',
  ids: 'the id of an instance, its name, or the beginning of one; - reads them from stdin',
  '--output': 'how rows are printed',
  '--output of review': 'Markdown, one HTML file, or JSON with everything',
  '--since': 'how far to look back',
  '--json': 'the same as -o json',
  '--json of notify-test': 'as JSON',
  '--lang': 'the language of sentences: en or zh (default: PLANS_LANG, then the locale of the terminal)',
  '--region': 'only rows of this region',
  '--from': 'read the settings from this file (settings.yaml, s.yaml), not from the environment',
  '--profile': 'the profile of the aliyun command whose key is used',
  '--as': 'who decides; it stands in the timeline (default: the owner of the key, and your local name)',
  '--yes': 'do not ask',
  '--dry-run': 'show what would be written, and write nothing',
  '--status': 'only these, as in Planned,AwaitingApproval',
  '--group': 'only this group',
  '--due-before': 'only what is restarted before this: ',
  '--needs-person': 'only what needs a person',
  '--all': 'the Avoided ones, too',
  'hold --all': 'every restart in all regions, or in that of --region, also of later plans',
  'resume --all': 'the stop of hold --all',
  '--watch': 'look again and again; in a pipe, one line for each change',
  '--interval': 'from one look to the next',
  '--to': 'write it into this file (default: stdout)',
  '--since of timeline':
    'leave out plans that ended before this, and add those since then that left the table: ',
  '--for': 'as in Avoided, or Avoided,Cleared',
  '--timeout': 'how long at most',
  '--reason': 'why, for everybody who reads the row',
  '--until': 'the latest start (default: as long after it as before)',
  '--time-zone': 'the zone of these times (default: that of the plan)',
  typed: 'a time as in 2026-12-02T03:00, "2026-12-02 03:00", 2026-12-01T19:00:00Z or +2h',
  'typed or ago':
    'a time as in 2026-12-02T03:00, "2026-12-02 03:00", 2026-12-01T19:00:00Z or 7d for seven days ago',
  examples: `
What you want to do:
  what needs me?             {name} list --needs-person
  what happens now?          {name} list --watch
  what happened to it?       {name} show i-bp1abc
  the night as a picture     {name} timeline --to night.html
  it may be restarted        {name} approve i-bp1abc
  not now                    {name} hold web-1 web-2 --reason "release until 18:00"
  now it may                 {name} resume web-1 web-2
  stop everything, at once   {name} hold --all --reason "incident 12"
  everything may go on       {name} resume --all
  at another time            {name} reschedule web-1 --at "2026-12-02 03:00"
  we restart it ourselves    {name} skip web-1
  try it again               {name} retry web-1
  the others may go on       {name} acknowledge web-1 --reason "broken disk, ticket 12"
  do notices arrive?         {name} notify-test
  tell a script when it is   {name} wait web-1 --for Avoided --timeout 1h

An id is that of an instance, its name, or the beginning of one. Commands that decide ask first: --yes answers, --dry-run shows.
Settings: TABLESTORE_ENDPOINT, TABLESTORE_INSTANCE and PLANS_TABLE of the environment, or --from settings.yaml.
Key: any way that @alicloud/credentials knows, or --profile. STS says whose it is (STS_ENDPOINT, if not the public one).

Exit codes: 0 done; 1 done, but something is wrong; 2 the call or the configuration is wrong.`,
};

/** Each word of the help. */
export type HelpWords = Readonly<Record<keyof typeof en, string>>;

const zh: HelpWords = {
  description: '计划内重启的计划。',
  see: '查看：',
  decide: '处理：',
  without: '无需账号：',
  shell: '命令行补全：',
  usage: '用法：',
  arguments: '参数：',
  options: '选项：',
  commands: '命令：',
  help: '显示命令的帮助',
  list: '列出计划：需要人工处理的在前，Avoided 合为一行',
  show: '显示一个或多个计划及其时间线',
  timeline: '生成页面：每个计划的时间图，含维护窗口和 NotBefore；用浏览器打开即可',
  wait: '等到每个计划都到达该状态；若有计划以其他状态结束，退出码为 1',
  approve: '批准该行所示的重启',
  hold: '暂停：恢复之前不重启；--all 立即停止全部',
  resume: '取消暂停；--all 取消全部停止',
  skip: '结束计划，不重启',
  reschedule: '改在您指定的时间重启',
  retry: '为 Escalated 的计划新建计划',
  acknowledge: '尽管该重启未得到证实，其他实例可以继续',
  review: '根据 ECS 和表回顾事件与计划；若有内容无法读取或不一致，退出码为 1',
  'notify-test': '向 NOTIFY 的每个通道发送一条样例并显示其应答；若有通道未接收，退出码为 1',
  ids: '实例的 ID 或名称，或其开头；- 表示从标准输入读取',
  '--output': '输出形式',
  '--output of review': 'Markdown、单个 HTML 文件，或包含全部内容的 JSON',
  '--since': '回顾多长时间',
  '--json': '同 -o json',
  '--json of notify-test': '以 JSON 输出',
  '--lang': '语句的语言：en 或 zh（默认：PLANS_LANG，其次是终端的区域设置）',
  '--region': '只看该地域',
  '--from': '从该文件（settings.yaml、s.yaml）读取设置，而不是从环境变量',
  '--profile': '使用 aliyun 命令的该配置中的密钥',
  '--as': '由谁决定，会写入时间线（默认：密钥的所有者及本机用户名）',
  '--yes': '不再询问',
  '--dry-run': '只显示将写入的内容，不写入',
  '--status': '只看这些状态，如 Planned,AwaitingApproval',
  '--group': '只看该组',
  '--due-before': '只看在此之前重启的：',
  '--needs-person': '只看需要人工处理的',
  '--all': '也列出 Avoided',
  'hold --all': '所有地域（或 --region 的地域）的全部重启，包括之后的计划',
  'resume --all': '取消 hold --all 的停止',
  '--watch': '持续刷新；在管道中每个变化输出一行',
  '--interval': '两次读取的间隔',
  '--to': '写入该文件（默认：标准输出）',
  '--since of timeline': '不含在此之前结束的计划，并加上此后已离开该表的计划：',
  '--for': '如 Avoided，或 Avoided,Cleared',
  '--timeout': '最长等待时间',
  '--reason': '原因，供查看该行的人阅读',
  '--until': '最晚开始时间（默认：时间段与之前一样长）',
  '--time-zone': '这些时间的时区（默认：计划的时区）',
  typed: '时间，如 2026-12-02T03:00、"2026-12-02 03:00"、2026-12-01T19:00:00Z 或 +2h',
  'typed or ago': '时间，如 2026-12-02T03:00、"2026-12-02 03:00"、2026-12-01T19:00:00Z 或 7d（七天前）',
  examples: `
您想做什么：
  哪些需要我处理？    {name} list --needs-person
  现在的进展？        {name} list --watch
  发生了什么？        {name} show i-bp1abc
  用图表查看          {name} timeline --to night.html
  可以重启            {name} approve i-bp1abc
  暂不重启            {name} hold web-1 web-2 --reason "18:00 前发布"
  现在可以            {name} resume web-1 web-2
  立即停止全部        {name} hold --all --reason "故障 12"
  恢复全部            {name} resume --all
  换个时间            {name} reschedule web-1 --at "2026-12-02 03:00"
  我们自己重启        {name} skip web-1
  再试一次            {name} retry web-1
  其他实例可以继续    {name} acknowledge web-1 --reason "磁盘故障，工单 12"
  通知能收到吗？      {name} notify-test
  完成时通知脚本      {name} wait web-1 --for Avoided --timeout 1h

ID 是实例的 ID 或名称，或其开头。处理类命令会先询问：--yes 表示同意，--dry-run 只查看。
设置：环境变量 TABLESTORE_ENDPOINT、TABLESTORE_INSTANCE 和 PLANS_TABLE，或 --from settings.yaml。
密钥：@alicloud/credentials 支持的任何方式，或 --profile。由 STS 查询其所有者（STS_ENDPOINT，默认为公网接入点）。

退出码：0 完成；1 完成，但有问题；2 调用或配置有误。`,
};

/** The help of each language. */
export const helpWords: Readonly<Record<Language, HelpWords>> = { en, zh };

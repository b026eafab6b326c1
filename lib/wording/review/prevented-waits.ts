// What would have prevented a plan from coming too late, by the code of what it waited for until then.
import type { StatementCode } from '../../plan/statement.ts';
import type { Language } from '../languages.ts';

/** A sentence in each language. */
export type Texts = Readonly<Record<Language, string>>;

const unlisted: Texts = {
  en: 'The right ecs:DescribeInstances on all resources. Where the instance was released, nothing is to be done.',
  zh: '对所有资源的 ecs:DescribeInstances 权限。若实例已释放，则无需处理。',
};
const odd: Texts = {
  en: 'Nothing here: ECS showed an instance with odd fields. Report it with the log.',
  zh: '此处无法避免：ECS 的实例字段异常。请连同日志一起上报。',
};
const planRuns: Texts = {
  en: 'A plan function that runs: the plan waited for its next run. `npm run doctor` says whether its timer fires.',
  zh: '正常运行的 plan 函数：计划在等待其下次运行。`npm run doctor` 会说明定时器是否触发。',
};
const facts: Texts = {
  en: 'An answer of ECS right before the restart: it gave none in time. The log has the error; a missing right is one.',
  zh: 'ECS 在重启之前及时应答：当时没有。日志中有错误，也可能是缺少权限。',
};
const frozen: Texts = {
  en: 'A larger START_ROOM, or more memory: the process stood still between the intent and the call.',
  zh: '更大的 START_ROOM 或更多内存：进程在记录意图与调用之间停顿。',
};
const slowBackup: Texts = {
  en: 'A longer PREPARE_LEAD: the backup was not complete in time.',
  zh: '更长的 PREPARE_LEAD：备份未能及时完成。',
};
const noBackup: Texts = {
  en: 'A backup that can succeed: the timeline names the cause, for example a quota or a missing right.',
  zh: '能够成功的备份：时间线中有原因，例如配额不足或缺少权限。',
};
const slowCommand: Texts = {
  en: 'A pre-command that ends sooner, or a window with more room for it.',
  zh: '更快结束的前置命令，或为其留出更多余地的维护窗口。',
};
const noCommand: Texts = {
  en: 'A pre-command that Cloud Assistant can run: the timeline names the cause.',
  zh: '云助手能够执行的前置命令：时间线中有原因。',
};
const pin: Texts = {
  en: 'A pinned time that can be kept: at least SAFETY_MARGIN before NotBefore.',
  zh: '可以遵守的指定时间：至少早于 NotBefore 一个 SAFETY_MARGIN。',
};
const windows: Texts = {
  en: 'Windows that can be read: correct the tag, or give the role of the plan function its rights.',
  zh: '可以读取的维护窗口：请改正标签，或为 plan 函数的角色授权。',
};

/** By the code of what the plan waited for. */
export const waits = {
  'instance-not-running': {
    en: 'A running instance: a stopped one cannot be restarted. ECS only moves it, so that little is lost.',
    zh: '运行中的实例：已停止的实例无法重启。ECS 只会将其迁移，影响不大。',
  },
  'instance-locked': {
    en: 'An instance without a lock: look at why ECS locked it.',
    zh: '未被锁定的实例：请查看 ECS 锁定它的原因。',
  },
  'waits-for-group': {
    en: 'More room for its group: wider windows, or a larger GROUP_LIMIT where the service bears it.',
    zh: '为该组留出更多余地：更宽的维护窗口，或在服务允许时增大 GROUP_LIMIT。',
  },
  'waits-for-pause': {
    en: 'More room for its group: wider windows, or a shorter GROUP_PAUSE.',
    zh: '为该组留出更多余地：更宽的维护窗口，或更短的 GROUP_PAUSE。',
  },
  'waits-for-region': {
    en: 'More room in the region: wider windows, or a larger MAX_CONCURRENT_REBOOTS.',
    zh: '为该地域留出更多余地：更宽的维护窗口，或更大的 MAX_CONCURRENT_REBOOTS。',
  },
  'group-stands-still': {
    en: 'A look at the restart that was not proven, and `reboot-plans acknowledge` where the others may go on.',
    zh: '及时查看未得到证实的重启；若其他实例可以继续，请使用 `reboot-plans acknowledge`。',
  },
  'groups-stand-still': {
    en: 'A look at the restarts that were not proven, and `reboot-plans acknowledge` where the others may go on.',
    zh: '及时查看未得到证实的重启；若其他实例可以继续，请使用 `reboot-plans acknowledge`。',
  },
  'region-stands-still': {
    en: 'A look at the restarts that were not proven, and `reboot-plans acknowledge` where the others may go on.',
    zh: '及时查看未得到证实的重启；若其他实例可以继续，请使用 `reboot-plans acknowledge`。',
  },
  'was-held': {
    en: 'A `reboot-plans resume` before NotBefore: a person held the plan.',
    zh: '在 NotBefore 之前 `reboot-plans resume`：有人暂停了该计划。',
  },
  'windows-unknown': windows,
  'windows-awaited': windows,
  throttled: {
    en: 'Fewer calls of others, or a larger quota of RebootInstance in the Quota Center.',
    zh: '减少其他调用，或在配额中心提高 RebootInstance 的配额。',
  },
  stopped: {
    en: 'A `reboot-plans resume --all` before NotBefore: a person had stopped everything.',
    zh: '在 NotBefore 之前 `reboot-plans resume --all`：有人停止了全部重启。',
  },
  'stop-unreadable': {
    en: 'Rights on the plans table: nobody could read whether everything is stopped. `npm run doctor` checks them.',
    zh: '计划表的权限：无法得知是否已停止全部重启。`npm run doctor` 会检查。',
  },
  'event-unconfirmed': {
    en: 'A look at the event in time: ECS did not show it as it was planned. If its fields are odd, report it with the log.',
    zh: '及时查看该事件：ECS 显示的内容与计划不符。若字段异常，请连同日志一起上报。',
  },
  'started-recently': {
    en: 'No start of the instance shortly before its time: after a start the plan waits ten minutes.',
    zh: '在计划时间之前不要启动实例：启动之后计划会等待十分钟。',
  },
  'possibly-answered': {
    en: 'More time: a restart shortly before may have answered the event, and the plan waited ten minutes for that.',
    zh: '更充裕的时间：之前的重启可能已响应该事件，计划为此等待了十分钟。',
  },
  'too-little-time': {
    en: 'An execute timer that fires more often, or a longer timeout of its function: its run was about to end.',
    zh: '更频繁的 execute 定时器，或更长的函数超时时间：当时本次运行即将结束。',
  },
  refused: {
    en: 'The cause that the error code in the timeline names, removed before NotBefore: ECS refused the restart each time.',
    zh: '在 NotBefore 之前排除时间线中错误码所指的原因：ECS 每次都拒绝了重启。',
  },
  'undo-first': {
    en: 'An undo-command that ends sooner: the plan waited for it.',
    zh: '更快结束的撤销命令：计划在等待它。',
  },
  'instance-unlisted': unlisted,
  'instance-unreadable-now': odd,
  'ecs-window-edited': planRuns,
  'interval-missing': planRuns,
  'interval-passed': planRuns,
  'facts-unreadable': facts,
  'facts-too-old': facts,
  'stale-intent': frozen,
  'outside-interval': frozen,
  'backup-incomplete': slowBackup,
  'backup-unfinished': slowBackup,
  'backup-too-slow': slowBackup,
  'backup-delayed': slowBackup,
  'backup-unknown': slowBackup,
  'backup-unreadable': slowBackup,
  'backup-failed': noBackup,
  'backup-refused': noBackup,
  'backup-without-disks': noBackup,
  'command-still-runs': slowCommand,
  'command-overdue': slowCommand,
  'command-failed': noCommand,
  'command-refused': noCommand,
  'command-unknown': noCommand,
  'pin-refused': pin,
  'pinned-in-past': pin,
  'pinned-too-late': pin,
  // What the pre-command of a plan waited for.
  'command-undelivered': {
    en: 'An agent of Cloud Assistant that answers: install or update it on the instance.',
    zh: '能够应答的云助手 Agent：请在实例上安装或更新。',
  },
} satisfies Partial<Record<StatementCode, Texts>>;

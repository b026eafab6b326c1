// What would have prevented a plan from ending Missed or Escalated, by the code of its reason, or of what it waited for until then.
import type { StatementCode } from '../../plan/statement.ts';
import type { Language } from '../languages.ts';
import { waits, type Texts } from './prevented-waits.ts';

const ends = {
  // Missed.
  'too-late': {
    en: 'More time: wider windows, or a plan timer that fires more often. ECS announces some events only hours ahead.',
    zh: '更充裕的时间：更宽的维护窗口，或更频繁的 plan 定时器。部分事件 ECS 仅提前数小时发布。',
  },
  'ecs-executing': {
    en: 'More time: wider windows, or a plan timer that fires more often. ECS began before the plan did.',
    zh: '更充裕的时间：更宽的维护窗口，或更频繁的 plan 定时器。ECS 先于计划开始。',
  },
  'executed-before-us': {
    en: 'An earlier interval: wider windows, or a larger LAST_RESORT_LEAD. An owner may also have brought NotBefore forward.',
    zh: '更早的时间段：更宽的维护窗口，或更大的 LAST_RESORT_LEAD。所有者也可能提前了 NotBefore。',
  },
  'executed-by-ecs': {
    en: 'A larger SAFETY_MARGIN: the restart was sent, and ECS carried out the event all the same.',
    zh: '更大的 SAFETY_MARGIN：重启已发出，ECS 仍执行了事件。',
  },
  // Escalated before a restart.
  unapproved: {
    en: 'An approval in time: let NOTIFY tell those who approve, or let instances that need no approval run with MODE=auto.',
    zh: '及时审批：通过 NOTIFY 通知审批人，或让无需审批的实例使用 MODE=auto。',
  },
  'no-readable-event': {
    en: 'Nothing here: ECS showed an event with odd fields. Report the event with the log.',
    zh: '此处无法避免：ECS 的事件字段异常。请连同日志一起上报该事件。',
  },
  'instance-unreadable': {
    en: 'Nothing here: ECS showed an instance with odd fields. Report it with the log.',
    zh: '此处无法避免：ECS 的实例字段异常。请连同日志一起上报。',
  },
  'unknown-instance': {
    en: 'The right ecs:DescribeInstances on all resources. Where the instance was released, nothing is to be done.',
    zh: '对所有资源的 ecs:DescribeInstances 权限。若实例已释放，则无需处理。',
  },
  'unlisted-past-not-before': {
    en: 'A look at the event in time: ECS stopped listing it, so that nothing could be restarted for it.',
    zh: '及时查看该事件：ECS 已不再列出，因此无法为其重启。',
  },
  'failed-before-us': {
    en: 'Nothing here: the event failed in ECS. Open a ticket with Alibaba Cloud.',
    zh: '此处无法避免：事件在 ECS 中失败。请提交工单。',
  },
  'refused-for-good': {
    en: 'An instance that may be restarted: remove its lock, or pay for it, before the window.',
    zh: '可以重启的实例：在维护窗口之前解除锁定或续费。',
  },
  'backup-missing': {
    en: 'A longer PREPARE_LEAD, or BACKUP_REQUIRED=false where a restart without a backup is better than none.',
    zh: '更长的 PREPARE_LEAD；若无备份的重启好过不重启，则设 BACKUP_REQUIRED=false。',
  },
  'pre-command-failed': {
    en: 'A pre-command that succeeds: run it once on an instance of the same kind.',
    zh: '能够成功的前置命令：请在同类实例上试运行一次。',
  },
  'pre-command-too-late': {
    en: 'An agent of Cloud Assistant that answers, and a window with room for COMMAND_TIMEOUT and twice START_ROOM.',
    zh: '能够应答的云助手 Agent，以及可容纳 COMMAND_TIMEOUT 和两倍 START_ROOM 的维护窗口。',
  },
  'row-unreadable': {
    en: 'Edits by `reboot-plans` in place of the console: they cannot make a row unreadable.',
    zh: '用 `reboot-plans` 代替控制台编辑：这样不会使行无法读取。',
  },
  'in-history': {
    en: 'Rows that nobody deletes, and a PLANS_TABLE that keeps its name while events are open.',
    zh: '事件未结束时，不删除行，也不更改 PLANS_TABLE。',
  },
  'region-gone-sent': {
    en: 'A region that stays in REGIONS until its plans have ended.',
    zh: '在计划结束之前，将该地域保留在 REGIONS 中。',
  },
  // After the restart.
  'not-proven': {
    en: 'A longer VERIFY_TIMEOUT where instances boot slowly. Otherwise the restart did not answer the event: open a ticket.',
    zh: '若实例启动较慢，则需更长的 VERIFY_TIMEOUT。否则重启未能响应事件：请提交工单。',
  },
  'event-failed': {
    en: 'Nothing here: the event failed in ECS after the restart. Open a ticket with Alibaba Cloud.',
    zh: '此处无法避免：重启后事件在 ECS 中失败。请提交工单。',
  },
  'post-command-failed': {
    en: 'A service that comes up by itself after a restart, or a post-command that waits for it.',
    zh: '重启后能自行恢复的服务，或会等待其恢复的后置命令。',
  },
  'proof-missing': {
    en: 'A longer VERIFY_TIMEOUT where services come up slowly.',
    zh: '若服务恢复较慢，则需更长的 VERIFY_TIMEOUT。',
  },
  // A person's own words and ends.
  'ended-by-hand': {
    en: 'Nothing here: a person ended the plan. `reboot-plans show` of one of these instances says who.',
    zh: '此处无需避免：有人结束了计划。对其中一台实例使用 `reboot-plans show` 可知是谁。',
  },
  'as-written': {
    en: 'The words in the row: a person or an older version wrote them. `reboot-plans show` of one of these instances.',
    zh: '见该行的文字，由人或较旧的版本写入：对其中一台实例使用 `reboot-plans show`。',
  },
} satisfies Partial<Record<StatementCode, Texts>>;

const otherwise: Texts = {
  en: 'The reason says it: `reboot-plans show` of one of these instances.',
  zh: '见其原因：对其中一台实例使用 `reboot-plans show`。',
};

/** What would have prevented it. What the plan waited for says more than that it came too late. */
export function preventionOf(
  { code, waitedFor }: { code: string; waitedFor?: string },
  language: Language,
): string {
  const texts = textsIn(waits, waitedFor) ?? textsIn(ends, code) ?? otherwise;
  return texts[language];
}

function textsIn(all: Readonly<Record<string, Texts>>, code: string | undefined): Texts | undefined {
  return code !== undefined && Object.hasOwn(all, code) ? all[code] : undefined;
}

// Chinese, fourth part: what persons wish in the columns of a row, and what becomes of it.
import type { Catalogue } from '../sentence.ts';
import { resumeAll } from '../words.ts';
import { eventNames, faultTexts, kindText, notBeforeText, said, wallTime } from './words.ts';

/** A command to copy, after what to write in the console. Empty where the row does not say its instance. */
function commandText(command: string, instanceId: string | undefined): string {
  return instanceId === undefined ? '' : `（或执行：npx reboot-plans ${command} ${instanceId}）`;
}

/** Why a wish for another try does not count, and what to do. */
function retryText(why: string, planId: string): string {
  const texts: Readonly<Record<string, string>> = {
    'not-ended': `计划 ${planId} 尚未结束，不会重试。`,
    'not-retried': `只有 Escalated 或由人工跳过的计划才会重试，计划 ${planId} 不是。`,
    'other-plan': `这不是该计划的 ID。若要重试，请设为 ${planId}。`,
    'nothing-open': `ECS 没有列出计划 ${planId} 中仍在等待的未结束事件，不会重试。若实例需要重启，请自行重启。`,
  };
  return texts[why] ?? why;
}

/** The sentences about a hold, an approval, a time and a status by hand. */
export const wishes = {
  held: (v) =>
    `运维人员已暂停计划：${v.why}。在您清空 hold 列${commandText('resume', v.instanceId)}之前不会重启。若一直不清空，ECS 会在 ${notBeforeText(v)}重启实例。`,
  'waits-for-approval': ({ askedBy, instanceId, until, notBefore, timeZone = 'UTC' }) =>
    [
      `计划在等待批准${askedBy === undefined ? '' : `（由 ${askedBy} 要求）`}${until === undefined ? '' : `，截止 ${wallTime(until, timeZone)}`}。`,
      `批准：将 approval 设为 granted${commandText('approve', instanceId)}。`,
      `拒绝：将 status 设为 Skipped${commandText('skip', instanceId)}。`,
      ...(notBefore === undefined
        ? []
        : [
            `若无人答复，计划会在 NotBefore（${wallTime(notBefore, timeZone)}）之前另等合适的时间；没有合适的时间时，由 ECS 重启实例。`,
          ]),
    ].join(''),
  'drained-while-waiting': ({ commandId }) =>
    `pre-command ${commandId} 已开始，计划等待期间服务可能中断。若不再需要重启，请将 status 设为 Skipped，并撤销该命令的影响。`,
  'was-held': ({ why }) => `运维人员曾暂停计划：${why}。`,
  stopped: ({ regionId, why, by, at, timeZone, faults }) => {
    const since = at === undefined ? '' : `自 ${wallTime(at, timeZone)} 起`;
    const what = regionId === undefined ? '全部重启' : `地域 ${regionId} 的重启`;
    const head = `${what}${since}已${by === undefined ? '' : `由 ${by} `}紧急停止${why === '' ? '' : `：${why}`}。`;
    return said(
      head,
      faults.length === 0 ? '' : faultTexts(faults),
      faults.length === 0 ? '' : '仍视为停止。',
      `解除之前不会重启。解除：${resumeAll(regionId)}。到 NotBefore 仍未重启的实例由 ECS 重启。`,
    );
  },
  'stop-unreadable': ({ message }) => `无法得知是否已紧急停止（${message}）。可读之前不会重启。`,
  'preparation-stopped': () => '重启的准备已停下，由人工决定，之后从此处继续。',
  'hold-set': ({ why }) => `计划已暂停：${why}。`,
  'hold-lifted': () => '计划不再暂停。',
  approved: ({ eventIds, decision }) =>
    `已批准：${eventNames(eventIds)}${decision === undefined ? '' : `，${kindText(decision)}重启`}。`,
  'approval-asked': () => '已要求批准：approval 被设为 required。',
  'approval-waived': () => 'approval 被设为 not-required，在 MODE 和标签允许的范围内有效。',
  'status-by-hand': ({ from, to }) => `status 由 ${from} 改为 ${to}。`,
  'pinned-by-hand': ({ at, timeZone }) => `重启时间被指定为 ${wallTime(at, timeZone)}。`,
  'unpinned-by-hand': () => '不再指定重启时间。',
  'time-by-hand': ({ at, timeZone }) => `execute_at 被设为 ${wallTime(at, timeZone)}，但 pinned 未设置。`,
  'latest-start-by-hand': () => 'latest_start 被修改，但 pinned 未设置。',
  'local-time-by-hand': ({ column, text }) =>
    `有人将 ${column} 改为 ${JSON.stringify(text)}。该列只是另一列的重复。若要指定时间，请写入 execute_at，并将 pinned 设为 true。`,
  'acknowledged-by-hand': ({ words }) => `已确认：${words}。虽然该实例的重启未被证实，其他实例可以继续。`,
  'acknowledgement-withdrawn': () => '确认已收回。其他实例重新等待，直到重启被证实。',
  'taken-back': () => '有人收回了计划的结束。',
  'pre-command-check': ({ commandId, at, timeZone }) =>
    `pre-command ${commandId} 已开始，重启可能已发送。计划器将在 ${wallTime(at, timeZone)} 查看重启是否发生；若未发生，则撤销该命令，或在该行中说明需要您撤销。`,
  'pre-command-checked': ({ commandId, isRestarted }) =>
    isRestarted
      ? `pre-command ${commandId} 之后的重启已发生，无需撤销。`
      : `pre-command ${commandId} 之后的重启未发生，需撤销该命令的影响。`,
  'next-steps': ({ instanceId, planId, isRetriable, isUnproven }) =>
    [
      ...(isRetriable
        ? [`若要在事件结束前重试，将 retry 设为 ${planId}${commandText('retry', instanceId)}。`]
        : []),
      ...(isUnproven
        ? [
            `若虽未证实该重启也让其他实例继续，将 acknowledged 设为 yes${commandText('acknowledge', instanceId)}。`,
          ]
        : []),
    ].join(''),
  'ended-by-hand': ({ by, status, notBefore, timeZone }) =>
    `${by} 将 status 设为 ${status}。计划器不再处理该事件${notBefore === undefined ? '' : `。若到 NotBefore（${wallTime(notBefore, timeZone)}）事件仍未结束，由 ECS 重启实例`}。`,
  'acknowledge-unclear': ({ words }) =>
    `acknowledged 被设为 ${JSON.stringify(words)}，这不是肯定的答复，未作确认。若其他实例可以继续，请设为 yes，后面可写说明。`,
  'acknowledge-unneeded': ({ words }) =>
    `acknowledged 被设为 ${JSON.stringify(words)}，但该实例目前没有未被证实的重启，因此不起作用。若证实失败，请重新设置。`,
  'retry-refused': ({ words, planId, why }) =>
    `retry 被设为 ${JSON.stringify(words)}。${retryText(why, planId)}`,
  'pin-without-time': () =>
    'pinned 被设为 true，但 execute_at 没有时间，因此未指定时间。请先设置 execute_at，再设置 pinned。',
  'wish-too-late': ({ columns }) =>
    `${columns.join('、')} 在 RebootInstance 可能已发送之后被修改，已发送的无法收回。hold 和 approval = required 对该实例的下一个计划有效。`,
  'asked-again': ({ by, planId, eventIds }) =>
    `${by} 要求在计划 ${planId} 之后重试：${eventNames(eventIds)}。`,
  'grant-outdated': ({ eventIds, granted, decision }) =>
    `批准已失效：当时批准的是${kindText(granted)}重启，${eventIds.length > 0 ? `不含${eventNames(eventIds)}` : `而这次是${kindText(decision)}重启`}。若需要重启，请再次批准计划。`,
  'time-refused': ({ at, timeZone }) =>
    `有人写入该行的时间 ${wallTime(at, timeZone)} 不符合规则。若仍要用该时间，请同时将 pinned 设为 true。`,
  'latest-start-refused': () =>
    '有人修改了 latest_start。该时间由规则决定。若要用自己的时间，请同时将 pinned 设为 true。',
  'pinned-in-past': () => '指定的时间当时已过。',
  'pinned-too-late': () => '指定的时间晚于截止时间，即 NotBefore 减去 SAFETY_MARGIN。',
  'looked-at-earlier': () => '较新的版本从 execute_at 起处理该行。',
} satisfies Partial<Catalogue>;

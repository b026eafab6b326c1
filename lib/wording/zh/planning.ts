// Chinese, first part: how a time was chosen, why nothing is restarted, why a plan is planned again, and edits.
import type { Catalogue } from '../sentence.ts';
import {
  all,
  durationText,
  eventNames,
  faultTexts,
  fullText,
  lastResortText,
  noRoomText,
  said,
  unknownWindowsText,
  wallTime,
} from './words.ts';

function roomText(hasPreCommand: boolean): string {
  return hasPreCommand ? '两倍 START_ROOM 与 COMMAND_TIMEOUT 之和' : ' START_ROOM';
}

/** The sentences of planning. */
export const planning = {
  'in-window': ({ window, at, timeZone }) => `在维护窗口 ${window} 内重启：${wallTime(at, timeZone)}。`,
  'last-resort': (v) =>
    `${noRoomText(v)}。NO_WINDOW=${v.policy ?? 'last-resort'}：${lastResortText(v)}，${wallTime(v.at, v.timeZone)}。${fullText(v.isFull)}${v.since === undefined ? '' : `自 ${wallTime(v.since, v.timeZone)} 起维护窗口内一直没有空档。`}`,
  soonest: (v) =>
    `${noRoomText(v)}。NO_WINDOW=soonest：${v.isNow ? '立即重启' : `在第一个空档重启，${wallTime(v.at, v.timeZone)}`}。${fullText(v.isFull)}`,
  'pinned-at': ({ at, timeZone }) => `运维人员指定在 ${wallTime(at, timeZone)} 重启。`,
  'left-to-ecs': (v) => `${noRoomText(v)}。NO_WINDOW=leave：由 ECS 重启实例。`,
  'ecs-keeps-window': (v) =>
    `${noRoomText(v)}。NotBefore 正好在负责人于 ECS 中设置的维护窗口内，届时由 ECS 重启实例；若由本程序重启，反而会在窗口之外。`,
  'windows-unknown': ({ tags, window, timeZone, at }) =>
    said(
      unknownWindowsText(tags),
      at === undefined
        ? `设置中的维护窗口（${window}）没有空档。`
        : `重启先等待窗口查明；若一直没有变化，则按设置中的窗口（${window}）在 ${wallTime(at, timeZone)} 重启。`,
    ),
  'too-late': ({ marginMs, notBefore, timeZone }) =>
    `来不及了：距 NotBefore（${wallTime(notBefore, timeZone)}）已不足安全余量 ${durationText(marginMs)}。`,
  'observe-mode': () => 'MODE=observe：只写计划，不重启。',
  'tag-faults': ({ faults }) => faultTexts(faults),
  'window-too-short': ({ window, slotMs, startRoomMs, hasPreCommand = false }) =>
    `维护窗口 ${window} 中没有一段时间容得下 SLOT（${durationText(slotMs)}）加${roomText(hasPreCommand)}（${durationText(startRoomMs)}），任何重启都放不进去。`,
  'possibly-answered': ({ at, timeZone }) =>
    `上一次重启可能已响应该事件。若是如此，ECS 会在 ${wallTime(at, timeZone)} 前显示。计划等到那时。`,

  'unknown-instance': ({ eventIds }) =>
    `ECS 发布了${eventNames(eventIds)}，却查不到该实例，因此不重启。请检查实例是否已释放，以及函数的 RAM 角色是否有权读取该实例。`,
  'instance-unreadable': ({ eventIds, faults }) =>
    said(
      faultTexts(faults),
      `实例信息无法读取，不会为${eventNames(eventIds)} 重启。请在 ECS 控制台查看该实例。`,
    ),
  'opted-out': ({ tag }) =>
    `负责人已用标签 reboot-planner:${tag === 'window' ? 'window=none' : 'enabled=false'} 排除该实例，由 ECS 在 NotBefore 重启实例。`,
  'unclear-tags': ({ faults }) => said(faultTexts(faults), '负责人的意图不明确，改正标签之前不会重启。'),
  'in-auto-scaling': ({ groupId }) =>
    `实例属于弹性伸缩的伸缩组 ${groupId}。伸缩组的健康检查可能会释放不是 Running 的实例及其云盘，而重启会使实例短暂停机，因此不重启。ECS 在 NotBefore 自行重启也有同样的风险：请在此之前于伸缩组中将实例转入备用状态或保护状态。若要由本程序重启，请设置标签 reboot-planner:auto-scaling=ignore。`,
  'in-ack': ({ id }) =>
    `实例是 ACK 的节点（${id}），其节点池可能会自行响应事件，因此不重启。请排空节点，由节点池响应。若要由本程序重启，请设置标签 reboot-planner:ack=ignore；节点池也是伸缩组，因此还要设置 reboot-planner:auto-scaling=ignore。`,
  'ecs-executing': ({ eventIds }) => `ECS 正在执行${eventNames(eventIds)}。`,
  'no-readable-event': ({ faults }) => said(faultTexts(faults), '不重启。请在 ECS 控制台查看该事件。'),
  inquiring: ({ eventIds }) =>
    `ECS 在等待对${eventNames(eventIds)} 的确认，确认之前什么也不做，因此不重启。在 ECS 控制台确认事件后，ECS 会立即执行：请自行选择时间。`,
  'other-events': ({ types }) => `重启无法响应 ${all(types)}，事件仅作记录，请人工处理。`,
  unapproved: () => '计划未在期限内获得批准。请在 NotBefore 之前自行重启实例，或交由 ECS 处理。',
  'executed-before-us': ({ eventIds }) => `ECS 在计划的重启之前已执行${eventNames(eventIds)}。`,
  'failed-before-us': ({ eventIds }) =>
    `ECS 显示${eventNames(eventIds)} 为 Failed。请在 ECS 控制台查看实例和事件。`,
  'answered-elsewhere': ({ avoided, canceled }) =>
    said(
      avoided.length > 0 ? `已有人重启实例，响应了${eventNames(avoided)}。` : '',
      canceled.length > 0 ? `ECS 已取消${eventNames(canceled)}。` : '',
      '无需再处理。',
    ),
  released: ({ eventIds }) => `ECS 既查不到该实例，也查不到${eventNames(eventIds)}。实例很可能已释放。`,
  'unlisted-past-not-before': ({ eventIds, faults }) =>
    said(
      `ECS 已查不到${eventNames(eventIds)}，且 NotBefore 已过。未重启。`,
      faultTexts(faults),
      '请在 ECS 控制台查看该事件。',
    ),
  observed: () => 'MODE=observe：现在本应发出重启，但不发出。',
  'in-history': ({ eventIds, planId, status, sentAt, timeZone }) =>
    `${eventNames(eventIds)} 未关闭，却没有对应的行；而历史表中的计划 ${planId}（${status}）与之对应${sentAt === undefined ? '' : `，且可能已在 ${wallTime(sentAt, timeZone)} 为其发出重启`}。不重启。请检查该行是否被删除或修改，或 PLANS_TABLE 是否改过。若确实要为此重启实例，请将 status 设为 Planned；否则保持该行不变。`,
  'earlier-open': ({ eventIds, why }, tell) =>
    said(
      `${eventNames(eventIds)} 仍未关闭。该实例的前一个计划（已在历史表中）与之对应，不再另做计划。`,
      ...(why === undefined ? ['处理办法见历史表。'] : ['前一个计划的结局：', tell(why)]),
    ),
  'also-open': ({ events }) =>
    `另有未关闭的系统事件：${all(events.map(({ eventId, type, status }) => `${eventId}（${type}，${status}）`))}。本程序不会为其重启，请在 ECS 控制台查看。`,
  'region-gone': () =>
    '地域不在 REGIONS 中，执行时段内无人重启实例。未重启。ECS 会在 NotBefore 重启实例。若要由本程序管理该地域，请将其加入 REGIONS：仍未关闭的事件会重新计划。',
  'region-gone-sent': () =>
    '可能已发出重启，但地域已不在 REGIONS 中，无人确认结果。请在 ECS 控制台检查实例及其事件。',

  ended: ({ status, why }, tell) => `${status}：${tell(why)}`,
  planned: ({ status, at, timeZone, why }, tell) =>
    said(`${status}${at === undefined ? '' : `：${wallTime(at, timeZone)}`}。`, tell(why)),
  announced: ({ eventIds }) => `ECS 发布了${eventNames(eventIds)}。`,
  'judged-again': () => '使计划结束的原因已不存在。',
  'events-changed': ({ eventIds, gone }) =>
    said(
      `计划对应的系统事件现为 ${all(eventIds)}。`,
      ...gone.map(({ eventId, status }) =>
        status === undefined ? `ECS 查不到系统事件 ${eventId}。` : `系统事件 ${eventId} 为 ${status}。`,
      ),
    ),
  'other-events-changed': ({ eventIds }) =>
    eventIds.length === 0 ? '没有其他未关闭的事件。' : `ECS 还发布了${eventNames(eventIds)}。`,
  'not-before-moved': () => 'NotBefore 已变更。',
  'approval-required-now': () => '计划现在需要批准。',
  'approval-not-required-now': () => '计划不再需要批准。',
  'no-interval': () => '该行没有执行时段。',
  'interval-unused': () => '执行时段已过，计划未执行。',
  'group-changed': ({ group }) =>
    group === undefined ? '实例现在不属于任何组。' : `实例现在属于组 ${group}。`,
  'runbook-changed': () => '计划的备份或命令已变更。',
  'pinned-empty': () => '指定的 latest_start 早于 execute_at。',
  'pinned-past-deadline': () => '指定的 latest_start 晚于截止时间。',
  'pin-refused': ({ at, timeZone, why }, tell) =>
    said(`运维人员指定的 ${wallTime(at, timeZone)} 不予采纳。`, tell(why), '计划不保留指定的时间。'),
  'pinned-without-room': ({ roomMs, startRoomMs, hasPreCommand = false }) =>
    `指定的执行时段只有 ${durationText(roomMs)}，而${roomText(hasPreCommand)}${hasPreCommand ? '为' : ' 要求'} ${durationText(startRoomMs)}。`,
  'rules-changed': () => '规则已变更。',
  'ecs-window-changed': () => 'ECS 中的维护窗口与该行的不一致。',
  'window-has-room': () => '维护窗口内现在有空档。',
  'interval-forbidden': () => '规则不允许该行的执行时段。',
  'slot-taken': () => '本计划的空档要让给更紧急或已指定时间的重启。',
  'slot-free': () => '本计划的时间现在有空档。',
  unpinned: ({ why, planned }, tell) => said('指定的时间无法保留。', tell(why), tell(planned)),
  'events-unlisted': ({ eventIds, faults }) =>
    said(`ECS 已查不到${eventNames(eventIds)}，重新出现之前不会重启。`, faultTexts(faults)),
  'announced-meanwhile': ({ eventIds }) =>
    `重启期间 ECS 发布了${eventNames(eventIds)}。本计划结束后再作计划。`,
  'announced-before-send': ({ eventIds }) =>
    `临近重启时 ECS 发布了${eventNames(eventIds)}，由之后的运行来计划。`,
  'due-too-far': () => '有人修改了该行，使到期时间大大推后。计划改为现在到期。',
  'wait-dropped': ({ at, timeZone }) =>
    `有人将 wait_until 改为 ${wallTime(at, timeZone)}。本程序从不等待这么久，该修改不予采纳。若要另选时间，请设置 execute_at 和 pinned。`,
  edited: () => '有人修改了该行，due_at 随之更新。',
  'approval-unclear': () => '有人修改了该行，且该行在等待批准。若要批准计划，请将 approval 设为 granted。',
} satisfies Partial<Catalogue>;

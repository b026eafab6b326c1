// Chinese, second part: due plans, the restart and its proof, runs and rows.
import type { Catalogue } from '../sentence.ts';
import {
  all,
  answered,
  durationText,
  eventNames,
  faultTexts,
  listed,
  notBeforeText,
  said,
  seenText,
  sentText,
  unconfirmedText,
  wallTime,
} from './words.ts';

/** The sentences of what comes after planning. */
export const running = {
  'ecs-window-edited': () =>
    '实例的维护窗口已变更，或有人修改了 ecs_window。plan 函数下次运行时重新计划该实例。',
  'windows-awaited': () => '负责人的维护窗口未知，且还有时间查明。plan 函数下次运行时重新计划该实例。',
  'interval-missing': () => '该行缺少 execute_at、latest_start 或 not_before，缺一不可，因此不重启。',
  'event-unconfirmed': ({ eventId, status, faults }) => unconfirmedText(eventId, status, faults),
  'not-yet': ({ isPrepared }) => (isPrepared ? '准备已完成，未到 execute_at。' : '未到 execute_at。'),
  'interval-passed': () => '计划的执行时段已过。',
  'instance-unlisted': () => 'ECS 查不到该实例。',
  'instance-unreadable-now': ({ faults }) => said(faultTexts(faults), '实例信息可读之前不会重启。'),
  'instance-not-running': ({ status }) => `实例为 ${status}，RebootInstance 要求实例为 Running。`,
  'instance-locked': ({ locks }) => `实例被 ECS 锁定（${all(locks)}）。请消除锁定的原因，或交由 ECS 重启。`,
  'started-recently': ({ at, timeZone }) =>
    `实例几分钟前刚启动，可能已响应事件。ECS 稍后才会显示，计划等到 ${wallTime(at, timeZone)}。`,
  'waits-for-pause': ({ group, pauseMs, mates, at, timeZone }) =>
    `等到 ${wallTime(at, timeZone)}：GROUP_PAUSE 要求 ${all(mates)} 与组 ${group} 的下一次重启之间相隔 ${durationText(pauseMs)}。`,
  'waits-for-group': ({ group, limit, mates }) =>
    `等待组 ${group} 的 ${all(mates)}：最多 ${limit} 台可同时停机（GROUP_LIMIT）。`,
  'waits-for-region': ({ limit }) =>
    `等待本地域的其他重启：最多 ${limit} 台可同时停机（MAX_CONCURRENT_REBOOTS）。`,
  'counts-as-down': ({ instances }) =>
    `ECS 显示以下实例不是 Running，按停机计算：${listed(instances.map(({ instanceId, status }) => `${instanceId}（${status}）`))}。应当运行的请启动；不再需要的请释放，或移除其标签 reboot-planner:group。`,
  'counts-as-unproven': ({ instanceIds }) =>
    `以下实例的重启未获确认，在恢复 Running 且健康之前按停机计算：${listed(instanceIds)}。`,
  'restarted-by-ecs-soon': ({ instances, timeZone }) =>
    `以下实例自其 NotBefore 起将由 ECS 自行重启，按停机计算：${listed(instances.map(({ instanceId, at }) => `${instanceId}（${wallTime(at, timeZone)}）`))}。ECS 完成后，本计划才会继续；若届时已过 latest_start，请在该实例的 NotBefore 之前手动重启它。`,
  'group-stands-still': ({ group, instanceIds }) =>
    `组 ${group} 已停止后续重启，因为有重启未获确认：${listed(instanceIds)}。实例恢复 Running 且健康后才会继续；若 post-command 失败，或 pre-command 未被撤销，则等您决定。要继续，请在该实例的行中将 acknowledged 设为 yes。`,
  'groups-stand-still': ({ instanceIds }) =>
    `所有组均已停止后续重启，因为有重启未获确认，而其行未写明所属的组：${listed(instanceIds)}。实例恢复 Running 且健康后，各组才会继续。要继续，请更正该行，或在该行中将 acknowledged 设为 yes。`,
  'region-stands-still': ({ limit, instanceIds }) =>
    `本地域已停止后续重启，因为至少 ${limit} 次重启未获确认（MAX_FAILED_PROOFS）：${listed(instanceIds)}。请修复这些实例。要继续，请在其行中将 acknowledged 设为 yes。`,
  'unproven-unreadable': ({ message }) =>
    `无法得知是否有未获确认的重启在阻止其他重启（${message}）。execute 函数在每次重启前会再次查询。`,
  'too-little-time': () => '本次调用剩余的时间太少，下次运行再试。',
  throttled: () => 'ECS 正在对本地域的 RebootInstance 限流。未发出重启。',
  'facts-unreadable': ({ message }) => `临近重启时无法读取最新状态（${message}）。未发出重启。`,
  'facts-too-old': () => '读取 ECS 的时间过长，结果已不可靠。未发出重启。',
  prepared: ({ isTime }) => (isTime ? '准备已完成。' : '准备已完成，未到 execute_at。'),

  preparing: () => 'execute 函数正在准备重启。',
  'preparing-again': () => 'execute 函数继续准备重启。',
  'took-over': () => '上一次运行未完成，由另一次运行接手。',
  sending: () => '重启意图已记录，RebootInstance 可能已发出，绝不会再次发出。',
  'stale-intent': ({ waitedMs }) =>
    `未发出重启。从读取状态、记录意图到发出，相隔${waitedMs === undefined ? '时间未知' : ` ${durationText(waitedMs)}`}，太久，所读状态已不可靠。`,
  'outside-interval': ({ at, timeZone }) => `未发出重启：${wallTime(at, timeZone)} 不在计划的执行时段内。`,
  refused: (answer) => `ECS 拒绝 RebootInstance${answered(answer)}。实例未重启。`,
  'refused-for-good': (answer) =>
    `ECS 拒绝 RebootInstance${answered(answer)}。实例未重启。请消除原因，或在 NotBefore 之前自行重启实例。`,
  accepted: () => 'ECS 已接受 RebootInstance。计划等待事件变为 Avoided 且实例变为 Running。',
  'outcome-unknown': ({ message }) =>
    `RebootInstance 已发出，结果未知（${message}）。不会再次发出，结果以事件为准。`,
  'sender-vanished': () =>
    '记录重启意图的那次运行未完成，不知 RebootInstance 是否已发出。不会再次发出，结果以事件为准。',
  'restart-by-hand': (v) => `请在 ${notBeforeText(v)}之前自行重启实例，或交由 ECS 处理。`,

  'not-proven-yet': (v) => `${sentText(v.sent)}尚未确认：${seenText(v)}。`,
  'later-events-lag': ({ eventIds }) =>
    `事件已是 Avoided。这次重启可能也响应了${eventNames(eventIds)}，ECS 稍后才会显示。`,
  'executed-by-ecs': ({ eventIds, sent }) =>
    sent === 'accepted'
      ? `ECS 虽已接受我们的重启，仍自行执行了${eventNames(eventIds)}。`
      : `ECS 自行执行了${eventNames(eventIds)}。${sentText(sent)}`,
  'event-failed': ({ eventIds, sent }) =>
    `ECS 显示${eventNames(eventIds)} 为 Failed。${sentText(sent)}请在 ECS 控制台查看实例和事件。`,
  'events-canceled': ({ eventIds, sent }) => `ECS 已取消${eventNames(eventIds)}。${sentText(sent)}`,
  avoided: ({ eventIds }) => `${eventNames(eventIds)} 已避免（Avoided），实例运行中（Running）。`,
  'restart-unseen': ({ eventIds }) =>
    `${eventNames(eventIds)} 已避免（Avoided），实例运行中（Running），但尚未看到实例重启。下次运行再看。`,
  'not-proven': (v) =>
    `${v.waitedMs === undefined ? '未获确认' : `等待 ${durationText(v.waitedMs)}后仍未确认`}：${seenText(v)}。${sentText(v.sent)}请检查实例。是否再次重启只能由您决定，ECS 建议等待 12 小时。`,
  'also-answered': ({ eventIds }) => `同一次重启也响应了${eventNames(eventIds)}。`,
  'later-event-struck': ({ eventId, status }) =>
    `重启期间 ECS 发布的系统事件 ${eventId} 为 ${status}。请检查实例。`,
  unwell: ({ health, before }) =>
    `ECS 显示实例的健康状态为 ${health}${before === undefined ? '' : `，重启前为 ${before}`}。`,
  'health-explained': ({ health, eventIds }) =>
    `ECS 显示实例的健康状态为 ${health}，因为${eventNames(eventIds)} 未关闭。`,
  'health-as-before': ({ health, before }) =>
    `ECS 显示实例的健康状态为 ${health}，重启前为 ${before}：重启没有使其变差。`,
  'no-health': ({ faults }) => (faults.length > 0 ? faultTexts(faults) : 'ECS 未给出实例的健康状态。'),
  'health-unreadable': ({ message }) => `无法读取实例的健康状态：${message}`,
  'proof-pending': ({ verdict, why }, tell) => said(tell(verdict), '确认尚未完成。', tell(why)),
  'proof-missing': ({ verdict, why }, tell) =>
    said(tell(verdict), '未能完成确认。', tell(why), '请检查实例。'),

  'row-unreadable': ({ faults, mayHaveSent }) =>
    said(
      '该行无法读取。',
      faultTexts(faults),
      mayHaveSent
        ? '可能已为其发出重启（intent_at），不会再次发出。请在 ECS 控制台检查实例及其事件。'
        : '未为其重启。请改正该行并将 status 设为 Planned，或删除该行以便重新计划。',
    ),
  'row-newer': ({ format }) => `该行的 format 为 ${format}，由较新的版本写入，保持不变。请部署较新的版本。`,
  'events-not-planned': ({ eventIds, mayBeAnswered = false, isUndated = false }) => {
    const byHand = isUndated ? '或自行重启实例' : '或在 NotBefore 之前自行重启实例';
    const first = mayBeAnswered
      ? '之前的重启可能已响应，ECS 可能稍后才会显示。请先检查实例，再改正该行，'
      : '请改正该行，';
    return `ECS 列出了${eventNames(eventIds)}，因该行而未作计划。${first}${byHand}。`;
  },
  'row-not-escalated': ({ message }) => `无法将该行设为 Escalated：${message}`,
  'region-failed': ({ message }) => `本地域什么也没能完成：${message}`,
  'function-silent': ({ functionName, endedAt, beganAt, failure, timeZone }) => {
    const since = endedAt === undefined ? '至今' : `自 ${wallTime(endedAt, timeZone)} 起`;
    const last =
      failure === undefined
        ? ''
        : `其上次运行${beganAt === undefined ? '' : `（${wallTime(beganAt, timeZone)}）`}失败：${failure}`;
    const { count, harm } = silenceOf(functionName);
    return said(
      `${functionName} 函数${since}未在本地域完成工作，其间定时器本应已触发${count}。`,
      last,
      harm,
      '请在函数计算控制台查看其日志，以及触发器是否启用。',
    );
  },
  'runs-unreadable': ({ message }) => `无法得知函数是否仍在运行（${message}）。`,
  'run-not-recorded': ({ message }) =>
    `未能记录本次运行的结束（${message}）。若持续如此，另一个函数会报告本函数未运行。`,
  'region-unserved': ({ plans }) =>
    `本地域有 ${plans} 个计划未结束，但地域不在 REGIONS 中，因此不会在此重启。请将地域加入 REGIONS，或人工处理其事件。其余的会自行结束：等待中的在 latest_start 一小时后，已开始的在 NotBefore 一小时后。若另有部署共用这些表并管理该地域，则无需处理。`,
  'plan-unserved': ({ status }) =>
    `计划为 ${status}，但其地域不在 REGIONS 中，无人继续。请在 ECS 控制台检查实例及其事件，或将地域加入 REGIONS。`,
  'regions-unreadable': ({ message }) => `无法得知是否还有其他地域的行：${message}`,
  'history-unreadable': ({ instances, message }) =>
    `无法读取 ${instances} 台实例的历史（${message}）。之前可能已为其发出重启，因此其新事件要等历史可读后再计划。`,
  'events-incomplete': ({ message }) => `无法读取本地域的部分事件：${message}`,
  'vanished-unreadable': ({ events, instances, message }) =>
    `有 ${events} 个事件 ECS 已不再列出，其结果无法读取（${message}）。${instances} 台实例的计划保持不变。`,
  'ecs-windows-unreadable': ({ which, message }) =>
    `无法读取 ECS 中${which === 'own' ? '实例自己的维护窗口' : '的运维窗口'}（${message}）。已有计划沿用已知的窗口；新计划在 NotBefore 允许的时间内等待窗口可读。`,
  'odd-event': ({ faults }) => said(faultTexts(faults), '不为该事件作计划。'),
  'ecs-window-faults': ({ faults }) => faultTexts(faults),
  'plan-not-possible': ({ message }) => `无法计划该实例：${message}`,
  'plan-not-worked-on': ({ message }) => `计划未能执行：${message}`,
  'not-attempted': ({ plans, message }) => `${plans} 个到期的计划未能执行：${message}`,
  'not-looked-at': ({ plans, message }) => `${plans} 次重启未能核实：${message}`,
  'out-of-time': ({ plans }) => `时间已到，${plans} 个计划留待下次运行。`,
  'not-written': ({ status, message }) => `未能写入 ${status}：${message}`,
  'not-removed': ({ message }) => `计划早已结束，并已移入历史表，但未能删除其行：${message}`,
  'rows-not-removed': ({ message }) => `早已结束的计划的行未能移入历史表：${message}`,
  'not-archived': ({ message }) => `已结束的计划未能移入历史表：${message}`,
  'not-kept': ({ message }) =>
    `计划未能复制到历史表（${message}）。在其事件关闭之前，请勿删除该行，也不要更改 PLANS_TABLE，否则会忘记这次重启。`,
  'impossible-write': ({ message }) => `因程序故障，未写入任何内容。请上报：${message}`,
  'as-written': ({ text }) => text,
} satisfies Partial<Catalogue>;

/** How often the timer should have started a silent function, and what follows from its silence. */
function silenceOf(functionName: string): { count: string; harm: string } {
  if (functionName === 'review') {
    const harm =
      "重启不依赖它，但 ECS 在事件结束 30 天后不再保留，恢复之前无人留存。请手动运行：npx s review-job invoke -e '{}'。";
    return { count: '至少一次', harm };
  }
  const harm =
    functionName === 'plan' ? '恢复之前，新事件不会有计划。' : '恢复之前，不会重启，也不会确认结果。';
  return { count: '三次', harm };
}

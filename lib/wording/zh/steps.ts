// Chinese, third part: backups and commands.
import type { Catalogue } from '../sentence.ts';
import { all, answered, durationText, endText, printedText, said, wallTime } from './words.ts';

function triedText(since: { at: string; timeZone: string } | undefined): string {
  return since === undefined
    ? '将重试。'
    : `自 ${wallTime(since.at, since.timeZone)} 起一直在尝试，将继续重试。`;
}

/** The sentences of backups and commands. */
export const steps = {
  'backup-begins': ({ diskIds, method }) =>
    `开始备份 ${all(diskIds)}：${method === 'group' ? '一个快照一致性组' : diskIds.length === 1 ? '一个快照' : '每块云盘一个快照'}。`,
  'backup-runs': ({ ids, method }) =>
    `ECS 正在创建${method === 'group' ? '快照一致性组' : '快照'} ${all(ids)}。`,
  'backup-incomplete': ({ ids }) => `备份 ${all(ids)} 尚未完成。`,
  'backup-complete': ({ ids, days }) =>
    `备份已完成：${all(ids)}，保留${days === undefined ? '至您删除为止' : ` ${days} 天`}。`,
  'backup-unfinished': ({ why, ids }, tell) =>
    said(tell(why), `ECS 仍在创建 ${all(ids)}。重启会使其失败，因此先等待。`),
  'backup-left': ({ ids, unfinished }) =>
    `备份未完成，留下 ${all(ids)}。${unfinished.length === 0 ? '' : `ECS 仍在创建 ${all(unfinished)}，重启会使其失败。`}不需要的请删除。`,
  'backup-expired': ({ ids, days }) => `备份 ${all(ids)} 只保留 ${days} 天，重启之前就会到期，因此重新备份。`,
  'backup-failed': ({ ids }) => `备份失败：${all(ids)}。`,
  'backup-without-disks': () => '备份失败：ECS 查不到该实例的云盘。',
  'backup-refused': (answer) => `ECS 拒绝备份${answered(answer)}。`,
  'backup-delayed': (answer) => `ECS 暂不开始备份${answered(answer)}。`,
  'backup-unknown': ({ message }) => `不知备份是否已开始（${message}）。`,
  'backup-unreadable': ({ message }) => `无法读取备份：${message}`,
  'backup-kept': ({ ids, message }) =>
    `无法设置备份的保留时间（${message}）。备份 ${all(ids)} 会一直保留，直到您删除。`,
  'backup-too-slow': ({ why }, tell) =>
    said(tell(why), 'NotBefore 临近，不能再等。实例重启时，未完成的快照会失败。'),
  'backup-missing': ({ why }, tell) => said(tell(why), '未重启，因为备份是必需的。'),
  'backup-waived': ({ why, isOptional }, tell) =>
    said(tell(why), `不备份，继续重启，因为${isOptional ? '备份是可选的' : '已不再需要备份'}。`),
  'command-begins': ({ step, commandId }) => `${step} ${commandId} 开始执行。`,
  'command-runs': ({ step, commandId, invokeId }) =>
    `${step} ${commandId} 正在执行，执行 ID 为 ${invokeId}。`,
  'command-still-runs': ({ step, commandId, message }) =>
    said(`${step} ${commandId} 仍在执行。`, message === undefined ? '' : `无法读取其执行结果：${message}`),
  'command-succeeded': ({ step, commandId, output }) =>
    `${step} ${commandId} 执行成功。${printedText(output)}`,
  'command-failed': (v) => `${v.step} ${v.commandId} 执行失败：${endText(v)}。${printedText(v.output)}`,
  'command-undelivered': (v) =>
    `云助手 Agent 未收到 ${v.step} ${v.commandId}（${v.errorCode}）。${v.isTriedAgain ? triedText(v.since) : ''}`,
  'command-overdue': ({ step, commandId, limitMs }) =>
    `${step} ${commandId} 未在 ${durationText(limitMs)}内结束。`,
  'command-refused': (v) =>
    `ECS 拒绝执行 ${v.step} ${v.commandId}${answered(v)}。${v.isTriedAgain ? '将重试。' : ''}`,
  'command-unknown': ({ step, commandId, message, isTriedAgain }) =>
    `不知 ${step} ${commandId} 是否已开始（${message}）。${isTriedAgain ? '将重试。' : ''}`,
  'pre-command-too-late': ({ commandId, limitMs, startRoomMs, isPutOff }) =>
    `pre-command ${commandId} 不会开始：latest_start 之前已容不下 COMMAND_TIMEOUT（${durationText(limitMs)}）加 START_ROOM（${durationText(startRoomMs)}）。${isPutOff ? '计划等待下一个执行时段。' : '未重启，因为不执行 pre-command 就不能重启。'}`,
  'pre-command-failed': ({ why }, tell) => said(tell(why), '未重启。请检查该命令留下的影响。'),
  'post-command-failed': ({ verdict, why }, tell) => said(tell(verdict), tell(why), '请检查实例。'),

  'undo-pre-command': ({ commandId }) =>
    `${commandId === '' ? '可能已开始执行 pre-command' : `pre-command ${commandId} 已开始`}，但实例未重启。请撤销该命令的影响。`,
  'drained-until': ({ commandId, at, timeZone }) =>
    `pre-command ${commandId} 已开始，且没有 undo-command。服务可能一直中断到 ${wallTime(at, timeZone)} 重启，重启之前该命令会再执行一次。请撤销其影响，或指定更早的时间。`,
  'undo-owed': ({ commandId, undoId }) =>
    `pre-command ${commandId} 已开始，但其后没有重启。由 undo-command ${undoId} 撤销。`,
  'undo-first': ({ commandId, undoId }) => `先由 undo-command ${undoId} 撤销 pre-command ${commandId}。`,
  undone: ({ commandId, undoId }) => `undo-command ${undoId} 已撤销 pre-command ${commandId}。`,
  'undo-failed': ({ commandId, why }, tell) => said(`pre-command ${commandId} 未撤销。`, tell(why)),
} satisfies Partial<Catalogue>;

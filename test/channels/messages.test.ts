// What arrives at each receiver: one POST with the whole digest, in the form that the receiver documents.
import { expect, it } from 'vitest';
import { kinds, onlyOf, receiverOf, sample, yes } from './loopback.ts';

it.each(kinds)('%s gets one POST in JSON, and its yes counts', async (kind) => {
  const { channel, arrived } = await receiverOf(kind);
  expect(await channel.tell(sample)).toEqual({ kind: 'told' });
  const { method, headers, body } = onlyOf(arrived);
  expect(method).toBe('POST');
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(headers.connection).toBe('close');
  expect(body).toContain('ecs-reboot-planner');
  expect(body).toContain('npx reboot-plans approve i-bp1');
});

const sent = async (kind: (typeof kinds)[number], secret?: string): Promise<unknown> => {
  const { channel, arrived } = await receiverOf(kind, yes[kind], secret);
  await channel.tell(sample);
  return JSON.parse(onlyOf(arrived).body);
};

it('DingTalk gets Markdown that mentions nobody', async () => {
  expect(await sent('dingtalk')).toEqual({
    msgtype: 'markdown',
    markdown: {
      title: '🔴 1 plan needs a person',
      text: [
        '### 🔴 1 plan needs a person',
        '**Needs a person**',
        '- Instance i-bp1 (web-1) waits for an approval until 02:00.',
        '> npx reboot-plans approve i-bp1',
        '**Up again**',
        '- Instance i-bp2 (db-1) is up again.',
        'ecs-reboot-planner',
      ].join('\n\n'),
    },
    at: { atMobiles: [], atUserIds: [], isAtAll: false },
  });
});

it('Feishu gets rich text, with the signature in the body', async () => {
  expect(await sent('feishu')).toEqual({
    timestamp: '1796148000',
    // By Python: base64(hmac(key="1796148000\nfs-0f9e8d7c6b5a", message=""))
    sign: 'vNbA5+BGkBw10EDJydUNrl/zzc6qD2gyrxcWL3Udnz4=',
    msg_type: 'post',
    content: {
      post: {
        en_us: {
          title: '🔴 1 plan needs a person',
          content: [
            [{ tag: 'text', text: 'Needs a person', un_escape: false }],
            [
              {
                tag: 'text',
                text: '• Instance i-bp1 (web-1) waits for an approval until 02:00.',
                un_escape: false,
              },
            ],
            [{ tag: 'text', text: 'npx reboot-plans approve i-bp1', un_escape: false }],
            [{ tag: 'text', text: 'Up again', un_escape: false }],
            [{ tag: 'text', text: '• Instance i-bp2 (db-1) is up again.', un_escape: false }],
            [{ tag: 'text', text: 'ecs-reboot-planner', un_escape: false }],
          ],
        },
      },
    },
  });
});

it('Feishu gets a Chinese notice as Chinese', async () => {
  const { channel, arrived } = await receiverOf('feishu');
  await channel.tell({ ...sample, language: 'zh', title: ['1 个计划需要人工处理'] });
  expect(JSON.parse(onlyOf(arrived).body)).toMatchObject({
    content: { post: { zh_cn: { title: '🔴 1 个计划需要人工处理' } } },
  });
});

it('WeCom gets Markdown', async () => {
  expect(await sent('wecom')).toEqual({
    msgtype: 'markdown',
    markdown: {
      content: [
        '### 🔴 1 plan needs a person',
        '**Needs a person**',
        '• Instance i-bp1 (web-1) waits for an approval until 02:00.',
        '> npx reboot-plans approve i-bp1',
        '**Up again**',
        '• Instance i-bp2 (db-1) is up again.',
        'ecs-reboot-planner',
      ].join('\n'),
    },
  });
});

it('Slack gets blocks of plain text, and a text for the notification', async () => {
  const plain = (text: string): unknown => ({ type: 'plain_text', text, emoji: false });
  expect(await sent('slack')).toEqual({
    text: '🔴 1 plan needs a person (ecs-reboot-planner)',
    mrkdwn: false,
    blocks: [
      { type: 'header', text: plain('🔴 1 plan needs a person') },
      {
        type: 'section',
        text: plain(
          'Needs a person\n• Instance i-bp1 (web-1) waits for an approval until 02:00.\nnpx reboot-plans approve i-bp1\n\nUp again\n• Instance i-bp2 (db-1) is up again.',
        ),
      },
      { type: 'context', elements: [plain('ecs-reboot-planner')] },
    ],
  });
});

it('a webhook gets type, time and data, with the facts for programs', async () => {
  expect(await sent('webhook')).toEqual({
    type: 'run.digest',
    timestamp: '2026-12-01T17:59:30Z',
    data: {
      product: 'ecs-reboot-planner',
      severity: 'critical',
      language: 'en',
      title: '1 plan needs a person',
      sections: [
        {
          heading: 'Needs a person',
          entries: [
            {
              text: 'Instance i-bp1 (web-1) waits for an approval until 02:00.',
              command: 'npx reboot-plans approve i-bp1',
              facts: { region: 'cn-hangzhou', instance: 'i-bp1', status: 'AwaitingApproval' },
            },
          ],
        },
        { heading: 'Up again', entries: [{ text: 'Instance i-bp2 (db-1) is up again.', facts: {} }] },
      ],
      omitted: 0,
    },
  });
});

it('a section without entries is not shown', async () => {
  const { channel, arrived } = await receiverOf('wecom');
  await channel.tell({ ...sample, severity: 'info', sections: [{ heading: ['Nothing here'], entries: [] }] });
  expect(onlyOf(arrived).body).not.toContain('Nothing here');
  expect(onlyOf(arrived).body).toContain('🟢 1 plan needs a person\\necs-reboot-planner');
});

it.each(kinds)('a notice that cannot be written is not sent to %s, and stops nobody', async (kind) => {
  const { channel, arrived } = await receiverOf(kind);
  const broken = { ...sample, title: undefined } as unknown as typeof sample;
  expect(await channel.tell(broken)).toEqual({
    kind: 'our-fault',
    problem: { code: 'malformed', answer: 'TypeError' },
  });
  expect(arrived).toEqual([]);
});

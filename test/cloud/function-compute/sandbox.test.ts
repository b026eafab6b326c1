// The sandbox: a bundle sees the cloud's time and its own environment, and can require only Node's own modules.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { VirtualClock } from '../clock.ts';
import { moveOn } from '../ecs/test-ecs.ts';
import { Activity } from './activity.ts';
import { Instance } from './instance.ts';
import { loadBundle, type Handler } from './sandbox.ts';

const start = Date.parse('2026-12-01T00:00:00Z');

/** Loads a bundle whose handler runs `body` and resolves to what it returns. */
function load(
  body: string,
  environment: Record<string, string> = {},
): { clock: VirtualClock; call: () => Promise<unknown> } {
  return loadText(`exports.handler = async () => { ${body} };`, environment);
}

function loadText(
  text: string,
  environment: Record<string, string> = {},
  freezeMs: (now: number) => number = () => 0,
) {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'index.js');
  writeFileSync(file, text);
  const clock = new VirtualClock(start);
  const activity = new Activity(() => 0);
  const instance = new Instance(clock, freezeMs);
  const handler: Handler = loadBundle(file, { clock, activity, instance, environment });
  return { clock, activity, instance, call: () => handler(Buffer.from(''), {}) };
}

/** A bundle that notes, every 10 s, when it ran. */
const noting =
  'const seen = []; exports.handler = async () => { setInterval(() => seen.push(Date.now()), 10_000); return seen; };';

describe('time in a bundle', () => {
  it('is the time of the cloud’s clock, however the bundle asks for it', async () => {
    const { clock, call } = load(
      'return [Date.now(), new Date().toISOString(), +new Date(), Date().slice(0, 15)];',
    );
    moveOn(clock, 60_000);
    expect(await call()).toEqual([
      1_796_083_260_000,
      '2026-12-01T00:01:00.000Z',
      1_796_083_260_000,
      new Date(1_796_083_260_000).toString().slice(0, 15),
    ]);
  });

  it('does not change dates that are given explicitly', async () => {
    const { call } = load(
      'return [new Date(0).toISOString(), new Date("2020-02-02").getTime(), Date.UTC(2020, 0), new Date() instanceof Date];',
    );
    expect(await call()).toEqual(['1970-01-01T00:00:00.000Z', 1_580_601_600_000, 1_577_836_800_000, true]);
  });

  it('passes for timeouts only when the cloud’s clock moves', async () => {
    const { clock, call } = load(
      'const begin = Date.now(); await new Promise((wake) => setTimeout(wake, 3_600_000)); return Date.now() - begin;',
    );
    let isOver = false;
    const slept = call().finally(() => {
      isOver = true;
    });
    moveOn(clock, 3_599_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    moveOn(clock, 1);
    expect(await slept).toBe(3_600_000);
  });

  it('does not run a timeout that was cleared', async () => {
    const { clock, call } = load(
      'const seen = []; const a = setTimeout(() => seen.push("a"), 10); setTimeout((x) => seen.push(x), 20, "b"); clearTimeout(a); clearTimeout(undefined); return seen;',
    );
    const seen = await call();
    moveOn(clock, 100);
    expect(seen).toEqual(['b']);
  });

  it('runs an interval again and again until it is cleared', async () => {
    const { clock, call } = load(
      'const seen = []; const timer = setInterval(() => { seen.push(Date.now()); if (seen.length === 3) clearInterval(timer); }, 10); return seen;',
    );
    const seen = await call();
    moveOn(clock, 100);
    expect(seen).toEqual([start + 10, start + 20, start + 30]);
  });
});

describe('the process of a bundle', () => {
  it('stops when no invocation runs, and continues at the next one', async () => {
    const { clock, instance, call } = loadText(noting);
    const seen = await call();
    moveOn(clock, 10_000);
    instance.rest();
    moveOn(clock, 3_600_000);
    expect(seen).toEqual([start + 10_000]);
    instance.wake();
    expect(seen).toEqual([start + 10_000, start + 3_610_000]);
  });

  it('is frozen between any two steps, and then continues as if no time had passed', async () => {
    const freezeMs = (now: number): number => (now === start + 20_000 ? 7_000 : 0);
    const { clock, call } = loadText(noting, {}, freezeMs);
    const seen = await call();
    moveOn(clock, 40_000);
    expect(seen).toEqual([start + 10_000, start + 27_000, start + 37_000]);
  });

  it('gets an answer that arrives while it is frozen when it runs again', async () => {
    const server = createServer((_, response) => response.end('here'));
    server.listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { clock, activity, call } = loadText(
      `exports.handler = () => new Promise((resolve) => require('http').get('http://127.0.0.1:${port}', (answer) => { answer.resume(); resolve(Date.now()); }));`,
      {},
      (now) => (now === start ? 5_000 : 0),
    );
    const answered = call();
    await activity.quiet();
    moveOn(clock, 5_000);
    expect(await answered).toBe(start + 5_000);
  });

  it('runs no timer that is unref’d if nothing else keeps it alive', async () => {
    const { clock, instance, call } = loadText(
      'const seen = []; exports.handler = async () => { setTimeout(() => seen.push("unref"), 10).unref(); return seen; };',
    );
    const seen = await call();
    moveOn(clock, 1_000);
    expect(seen).toEqual([]);
    const release = instance.keepAlive();
    instance.wake();
    expect(seen).toEqual(['unref']);
    release();
  });

  it('never answers a handler that waits on unref’d timers only', async () => {
    const { clock, call } = loadText(
      'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 10).unref());',
    );
    let isAnswered = false;
    void call().then(() => (isAnswered = true));
    moveOn(clock, 3_600_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isAnswered).toBe(false);
  });

  it('runs a timer that is unref’d beside one that is not', async () => {
    const { clock, call } = loadText(
      'const seen = []; exports.handler = async () => { setTimeout(() => seen.push("unref"), 10).unref(); setTimeout(() => seen.push("ref"), 20); return seen; };',
    );
    const seen = await call();
    moveOn(clock, 100);
    expect(seen).toEqual(['unref', 'ref']);
  });
});

describe('require in a bundle', () => {
  it('loads Node’s own modules, with and without the prefix node:', async () => {
    const { call } = load(
      'return [typeof require("node:crypto").randomUUID, typeof require("path").join, typeof require("http").request];',
    );
    expect(await call()).toEqual(['function', 'function', 'function']);
  });

  it.each(['tablestore', '@alicloud/ecs20140526', './other.js'])('refuses %s', async (name) => {
    const { call } = load(`return require(${JSON.stringify(name)});`);
    await expect(call()).rejects.toThrow(`requires "${name}", which is not a built-in module of Node`);
  });
});

describe('the environment of a bundle', () => {
  it('is separate: a change to it changes nothing outside', async () => {
    const { call } = load(
      'const before = { ...process.env }; process.env.SANDBOXED = "changed"; return [before, process.env.SANDBOXED];',
      { SANDBOXED: 'yes' },
    );
    expect(await call()).toEqual([{ SANDBOXED: 'yes' }, 'changed']);
    expect(process.env['SANDBOXED']).toBeUndefined();
  });

  it('replaces only the environment of the real process', async () => {
    const { call } = load('return [process.version, typeof process.nextTick, process.cwd()];');
    expect(await call()).toEqual([process.version, 'function', process.cwd()]);
  });
});

it('refuses a bundle without a handler and names the file', () => {
  expect(() => loadText('exports.main = () => 1;')).toThrow(/index\.js exports no function named handler/);
});

it('finds a handler that replaces module.exports', async () => {
  const { call } = loadText('module.exports = { handler: async () => "here" };');
  expect(await call()).toBe('here');
});

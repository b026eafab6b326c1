import { playWorld } from './simulation/play.ts';
import { World } from './simulation/world.ts';
const orig = World.prototype.invoke;
const worlds: World[] = [];
World.prototype.invoke = function (this: World, ...a) {
  if (!worlds.includes(this)) worlds.push(this);
  return orig.apply(this, a);
};
const o = await playWorld(Number(process.argv[2]));
console.log(o.violations);
for (const r of worlds[0]!.runs)
  if (r.functionName === 'plan')
    console.log(
      r.name,
      new Date(r.begin).toISOString().slice(11, 23),
      r.end && new Date(r.end).toISOString().slice(11, 23),
      r.failure,
      JSON.stringify(r.problems).slice(0, 300),
    );

// A port whose methods are the real ones, but for those that a test replaces. Spreading a port would lose the methods of a
// class.

/** The real port with these methods in place of its own. */
export function replacing<T extends object>(real: T, methods: Partial<T>): T {
  return new Proxy(real, {
    get: (target, name) => {
      const replaced: unknown = Reflect.get(methods, name);
      if (replaced !== undefined) return replaced;
      const own: unknown = Reflect.get(target, name);
      return typeof own === 'function' ? (own.bind(target) as unknown) : own;
    },
  });
}

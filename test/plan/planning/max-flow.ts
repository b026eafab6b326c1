// The largest flow of a small network, by shortest augmenting paths (Edmonds and Karp). It knows nothing of plans.

interface Edge {
  to: string;
  left: number;
  /** The same edge the other way: flow can be taken back. */
  back: Edge;
}

/** A network whose nodes are names. Edges may be added between two pushes. */
export class FlowNetwork {
  readonly #from = new Map<string, Edge[]>();

  connect(from: string, to: string, capacity: number): void {
    const edge = { to, left: capacity } as Edge;
    edge.back = { to: from, left: 0, back: edge };
    this.#edges(from).push(edge);
    this.#edges(to).push(edge.back);
  }

  /** Pushes as much more as fits, and returns how much that was. */
  push(source: string, sink: string): number {
    let pushed = 0;
    for (;;) {
      const path = this.#path(source, sink);
      if (path === undefined) return pushed;
      const amount = Math.min(...path.map(({ left }) => left));
      for (const edge of path) {
        edge.left -= amount;
        edge.back.left += amount;
      }
      pushed += amount;
    }
  }

  /** The shortest path with capacity left, from its last edge to its first. */
  #path(source: string, sink: string): Edge[] | undefined {
    const cameBy = new Map<string, Edge | undefined>([[source, undefined]]);
    for (const node of cameBy.keys()) {
      if (node === sink) break;
      for (const edge of this.#edges(node)) {
        if (edge.left > 0 && !cameBy.has(edge.to)) cameBy.set(edge.to, edge);
      }
    }
    const path: Edge[] = [];
    for (let edge = cameBy.get(sink); edge !== undefined; edge = cameBy.get(edge.back.to)) path.push(edge);
    return path.length === 0 ? undefined : path;
  }

  #edges(node: string): Edge[] {
    const known = this.#from.get(node);
    if (known !== undefined) return known;
    const edges: Edge[] = [];
    this.#from.set(node, edges);
    return edges;
  }
}

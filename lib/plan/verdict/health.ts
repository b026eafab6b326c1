// The health of an instance after its restart, as ECS reports it.

const well: readonly string[] = ['ok', 'notapplicable', 'insufficientdata'];

/** True where ECS's HealthStatus reports nothing bad, or there is none. */
export function isWell(health: string | undefined): boolean {
  return health === undefined || well.includes(health.toLowerCase());
}

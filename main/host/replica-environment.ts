/**
 * The environment of the replica process. glibc gives each thread its own heap and hardly returns what lies in it:
 * V8's compiling threads left 150 MB there after PGlite had started (441 MB resident instead of 288). It is read
 * on Linux only, and what the person has set counts.
 */
export function replicaEnvironment(): NodeJS.ProcessEnv {
  return { MALLOC_ARENA_MAX: "2", ...process.env };
}
